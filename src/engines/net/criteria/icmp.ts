import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { IcmpMatch } from '../form/normal-form.ts';
import type { Packet } from '../form/packet.ts';
import type { RuleCriterion } from './criterion.ts';

const icmpProtocols = [1, 58];

/** ICMP packets of one type, and of one code if the rule names one. Dikastes does not look at it. */
export class IcmpCriterion implements RuleCriterion {
  readonly mismatch = 'another ICMP type';
  private readonly match: IcmpMatch;

  constructor(match: IcmpMatch) {
    this.match = match;
  }

  matchesFamily(): boolean {
    return true;
  }

  matchesPacket({ icmp }: Packet): boolean {
    const { type, code } = this.match;
    return icmp?.type === type && (code === undefined || icmp.code === code);
  }

  traffic(algebra: TrafficAlgebra): TrafficSet {
    return algebra.ofIcmp(icmpProtocols, this.match.type, this.match.code);
  }

  covers(): boolean {
    return true;
  }

  matchesRequest(): boolean {
    return true;
  }
}

/** All packets but ICMP packets of one type or code. */
export class NotIcmpCriterion extends IcmpCriterion {
  override matchesPacket(packet: Packet): boolean {
    return !super.matchesPacket(packet);
  }

  override traffic(algebra: TrafficAlgebra): TrafficSet {
    return algebra.complement(super.traffic(algebra));
  }
}
