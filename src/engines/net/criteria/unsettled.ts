import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { PeerSets } from '../form/peer-sets.ts';
import { AddressCriterion } from './criterion.ts';
import type { Doubt, PeerIndex } from './criterion.ts';

/** A field whose value is not known: any address may satisfy it. */
export class UnsettledCriterion extends AddressCriterion {
  readonly selectors: readonly SelectorNode[] = [];
  private readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super();
    this.reasons = reasons;
  }

  matchesAddress(): Truth {
    return 'maybe';
  }

  peers({ everybody }: PeerIndex): PeerSets {
    return { sure: everybody.difference(everybody), possible: everybody };
  }

  cuts(): readonly (readonly Cidr[])[] {
    return [];
  }

  coversAddresses(): boolean {
    return false;
  }

  doubts(): readonly Doubt[] {
    return this.reasons.map((reason) => ({ kind: 'value', reason }));
  }

  matchesRequest(): boolean {
    return false;
  }
}
