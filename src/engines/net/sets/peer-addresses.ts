import { blocksHold } from '../../../lang/addresses/block-cover.ts';
import { BitSet } from '../../../lang/bit-set.ts';
import { lastOf } from '../../../lang/addresses/address-set.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import type { Family } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { PeerSets } from '../form/peer-sets.ts';

/** Where the addresses of numbered peers lie, sorted, so that the peers in a block are found at once. */
export class PeerAddresses {
  readonly family: Family;
  private readonly size: number;
  private readonly placed: readonly { readonly value: Address['value']; readonly number: number }[];
  /** Peers whose addresses are not known, by the blocks that those lie in. */
  private readonly unplaced = new Map<readonly Cidr[], BitSet>();

  constructor(peers: readonly { readonly end: AddressEnd }[], family: Family) {
    this.family = family;
    this.size = peers.length;
    const placed: { value: Address['value']; number: number }[] = [];
    for (const [number, { end }] of peers.entries()) {
      if (end.address !== undefined) placed.push({ value: end.address.value, number });
      else if (end.within !== undefined) this.unplacedIn(end.within).add(number);
    }
    this.placed = placed.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  }

  /** The peers whose addresses blocks hold. */
  within(blocks: readonly Cidr[]): PeerSets {
    let sure = new BitSet(this.size);
    for (const block of blocks) {
      if (block.family !== this.family) continue;
      const last = lastOf(block);
      for (let at = this.firstFrom(block.base); at < this.placed.length; at++) {
        const peer = this.placed[at];
        if (peer === undefined || peer.value > last) break;
        sure.add(peer.number);
      }
    }
    let maybe: BitSet | undefined;
    for (const [within, numbers] of this.unplaced) {
      const truth = blocksHold(blocks, within);
      if (truth === true) sure = sure.union(numbers);
      else if (truth === 'maybe') maybe = maybe?.union(numbers) ?? numbers;
    }
    return { sure, possible: maybe === undefined ? sure : sure.union(maybe) };
  }

  private unplacedIn(within: readonly Cidr[]): BitSet {
    let numbers = this.unplaced.get(within);
    if (numbers === undefined) this.unplaced.set(within, (numbers = new BitSet(this.size)));
    return numbers;
  }

  /** The place of the first peer whose address is not before a value. */
  private firstFrom(value: Address['value']): number {
    let low = 0;
    let high = this.placed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.placed[middle]?.value ?? value) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
