import type { Peer } from '../../../engines/net/sets/peers.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import { compareNames, peerNames } from './peer-names.ts';

/** The names of all peers, and their order. */
export class SortedNames {
  /** The numbers of the peers, by name. */
  readonly order: readonly number[];
  private readonly names: readonly string[];
  private readonly places: Int32Array;

  constructor(peers: readonly Peer[]) {
    const names = peerNames(peers);
    this.names = names;
    this.order = [...names.keys()].sort((a, b) => compareNames(names[a] ?? '', names[b] ?? ''));
    this.places = new Int32Array(names.length);
    for (const [place, number] of this.order.entries()) this.places[number] = place;
  }

  name(number: number): string {
    return this.names[number] ?? '';
  }

  /** The place of a peer in the order. */
  place(number: number): number {
    return this.places[number] ?? 0;
  }

  /** The names of some peers, sorted. */
  of(peers: BitSet): readonly string[] {
    const places = Int32Array.from([...peers], (number) => this.place(number)).sort();
    return Array.from(places, (place) => this.name(this.order[place] ?? 0));
  }
}
