import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Packet } from '../form/packet.ts';
import type { HttpRequest, RuleCriterion } from './criterion.ts';

/** Packets of one protocol. A protocol that no packet has, for a name that Calico does not know, is negative. */
export class ProtocolCriterion implements RuleCriterion {
  readonly mismatch = 'another protocol';
  private readonly protocol: number;

  constructor(protocol: number) {
    this.protocol = protocol;
  }

  matchesFamily(): boolean {
    return true;
  }

  matchesPacket({ protocol }: Packet): boolean {
    return protocol === this.protocol;
  }

  traffic(algebra: TrafficAlgebra): TrafficSet {
    return algebra.ofProtocols(this.protocol < 0 ? [] : [this.protocol]);
  }

  covers(): boolean {
    return true;
  }

  matchesRequest(_request: HttpRequest, packet: Packet): boolean {
    return this.matchesPacket(packet);
  }
}

/** Packets of all protocols but one. */
export class NotProtocolCriterion extends ProtocolCriterion {
  override matchesPacket(packet: Packet): boolean {
    return !super.matchesPacket(packet);
  }

  override traffic(algebra: TrafficAlgebra): TrafficSet {
    return algebra.complement(super.traffic(algebra));
  }
}
