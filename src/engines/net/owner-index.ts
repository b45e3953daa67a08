import { selectorMatches } from '../../lang/calico-selector/selector-matches.ts';
import type { SelectorNode } from '../../lang/calico-selector/selector-node.ts';
import { blockOf, cidrKey } from '../../lang/cidr.ts';
import type { Address } from '../../lang/cidr.ts';
import type { Owner } from './owner.ts';

/**
 * Answers who owns an address and which owners a selector matches; both are remembered. It also knows how many different sets
 * of owners there are, which is what flows are later grouped by.
 */
export class OwnerIndex {
  private readonly owners: readonly Owner[];
  private readonly numbers = new Map<Owner, number>();
  /** Prefix lengths in use, each with the blocks of that length. */
  private readonly blocks = new Map<string, Owner[]>();
  private readonly lengths: Readonly<Record<4 | 6, Set<number>>> = { 4: new Set(), 6: new Set() };
  private readonly matches = new WeakMap<SelectorNode, Uint8Array>();

  constructor(owners: readonly Owner[]) {
    this.owners = owners;
    for (const [number, owner] of owners.entries()) {
      this.numbers.set(owner, number);
      for (const net of owner.nets) {
        this.lengths[net.family].add(net.bits);
        const key = cidrKey(net);
        const sharing = this.blocks.get(key);
        if (sharing === undefined) this.blocks.set(key, [owner]);
        else sharing.push(owner);
      }
    }
  }

  /** All owners of an address: an endpoint's own address may lie in network sets too. */
  ownersOf(address: Address): readonly Owner[] {
    const found = new Set<Owner>();
    for (const bits of this.lengths[address.family]) {
      for (const owner of this.blocks.get(cidrKey(blockOf(address, bits))) ?? []) found.add(owner);
    }
    return [...found];
  }

  /** Whether a selector matches an owner. */
  isMatched(selector: SelectorNode, owner: Owner): boolean {
    const number = this.numbers.get(owner);
    if (number === undefined) return selectorMatches(selector, owner.labels);
    let known = this.matches.get(selector);
    if (known === undefined) {
      known = new Uint8Array(this.owners.length);
      this.matches.set(selector, known);
    }
    if (known[number] === 0) known[number] = selectorMatches(selector, owner.labels) ? 1 : 2;
    return known[number] === 1;
  }
}
