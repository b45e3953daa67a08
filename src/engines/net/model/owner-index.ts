import { selectorTruth } from '../../../lang/calico-selector/selector-truth.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { blockOf, cidrKey } from '../../../lang/addresses/cidr.ts';
import type { Address } from '../../../lang/addresses/cidr.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Owner } from '../form/owner.ts';

const truths: readonly Truth[] = [false, true, false, 'maybe'];

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
  /** Per owner: 0 not asked yet, else a place in `truths`. */
  private readonly answers = new WeakMap<SelectorNode, Uint8Array>();

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

  /** Whether a selector certainly matches an owner. */
  isMatched(selector: SelectorNode, owner: Owner): boolean {
    return this.matches(selector, owner) === true;
  }

  /** Whether a selector matches an owner, as far as its labels are known. */
  matches(selector: SelectorNode, owner: Owner): Truth {
    const number = this.numbers.get(owner);
    if (number === undefined) return selectorTruth(selector, owner.labels);
    let known = this.answers.get(selector);
    if (known === undefined) {
      known = new Uint8Array(this.owners.length);
      this.answers.set(selector, known);
    }
    if (known[number] === 0) known[number] = truths.indexOf(selectorTruth(selector, owner.labels), 1);
    return truths[known[number] ?? 0] ?? false;
  }
}
