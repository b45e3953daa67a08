import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Family, Rule } from '../form/normal-form.ts';
import type { Packet } from '../form/packet.ts';
import type { RuleCriterion } from './criterion.ts';

/** Packets of one IP version. Dikastes does not look at it. */
export class FamilyCriterion implements RuleCriterion {
  readonly mismatch: string;
  private readonly family: Family;

  constructor(family: Family) {
    this.family = family;
    this.mismatch = `it is for IPv${family}`;
  }

  matchesFamily(family: Family): boolean {
    return family === this.family;
  }

  matchesPacket({ family }: Packet): boolean {
    return family === this.family;
  }

  traffic({ everything }: TrafficAlgebra): TrafficSet {
    return everything;
  }

  covers({ family }: Rule): boolean {
    return family === this.family;
  }

  matchesRequest(): boolean {
    return true;
  }
}
