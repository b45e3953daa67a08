import type { Peer } from '../../../engines/net/sets/peers.ts';
import { BitSet } from '../../../lang/bit-set.ts';
import type { SortedNames } from './sorted-names.ts';

/** More names than this in one place are summed up. */
export const MOST_NAMES = 12;

interface Namespace {
  readonly name: string;
  readonly pods: BitSet;
  readonly size: number;
}

/** Says who some peers are, in few words: whole namespaces as one, and how many of each where there are too many to name. */
export class PeerWords {
  private readonly names: SortedNames;
  private readonly namespaces: readonly Namespace[];
  private readonly outside: BitSet;
  private readonly everybody: BitSet;
  private readonly known = new Map<BitSet, readonly string[]>();
  private hasLeftOut = false;

  constructor(peers: readonly Peer[], names: SortedNames) {
    this.names = names;
    this.everybody = BitSet.full(peers.length);
    this.outside = new BitSet(peers.length);
    const namespaces = new Map<string, BitSet>();
    for (const number of names.order) {
      const namespace = peers[number]?.pod?.object.namespace;
      const members = namespace === undefined ? this.outside : (namespaces.get(namespace) ?? new BitSet(peers.length));
      if (namespace !== undefined) namespaces.set(namespace, members);
      members.add(number);
    }
    this.namespaces = [...namespaces].map(([name, pods]) => ({ name, pods, size: pods.count() }));
  }

  /** Whether some names had to be left out so far. */
  get isSummedUp(): boolean {
    return this.hasLeftOut;
  }

  /** One text for each name, whole namespace or sum. */
  of(peers: BitSet): readonly string[] {
    let words = this.known.get(peers);
    if (words === undefined) this.known.set(peers, (words = this.words(peers)));
    return words;
  }

  private words(peers: BitSet): readonly string[] {
    if (peers.equals(this.everybody)) return ['all sources'];
    const outside = this.outsideWords(peers);
    const found: (Namespace & { readonly count: number; readonly isWhole: boolean })[] = [];
    for (const { name, pods, size } of this.namespaces) {
      const count = pods.countCommon(peers);
      if (count > 0) found.push({ name, pods, size, count, isWhole: count === size });
    }
    const isEveryPod = found.length === this.namespaces.length && found.every(({ isWhole }) => isWhole);
    if (isEveryPod && found.length > 0) return ['every pod', ...outside];
    const isLong = found.reduce((sum, { count, isWhole }) => sum + (isWhole ? 1 : count), 0) > MOST_NAMES;
    if (isLong) this.hasLeftOut = true;
    if (found.length > MOST_NAMES) {
      const pods = found.reduce((sum, { count }) => sum + count, 0);
      return [`${pods} pods in ${found.length} namespaces`, ...outside];
    }
    const inside = found.flatMap(({ name, pods, count, size, isWhole }) => {
      if (isWhole && size > 1) return [`${name}/*`];
      return isLong && count > 1 ? [`${count} of ${size} in ${name}`] : this.names.of(pods.intersection(peers));
    });
    return [...inside, ...outside];
  }

  private outsideWords(peers: BitSet): readonly string[] {
    const outside = this.names.of(this.outside.intersection(peers));
    if (outside.length <= MOST_NAMES) return outside;
    this.hasLeftOut = true;
    return [...outside.slice(0, MOST_NAMES), `${outside.length - MOST_NAMES} more outside`];
  }
}
