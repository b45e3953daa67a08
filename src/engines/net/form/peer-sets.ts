import type { BitSet } from '../../../lang/bit-set.ts';

/** Peers that certainly satisfy something, and those that do or may; the same set where the two are equal. */
export interface PeerSets {
  readonly sure: BitSet;
  readonly possible: BitSet;
}

/** What is in both. */
export function common(a: PeerSets, b: PeerSets): PeerSets {
  const sure = a.sure.intersection(b.sure);
  return isSame(a) && isSame(b) ? sameSets(sure) : { sure, possible: a.possible.intersection(b.possible) };
}

/** What is in at least one. */
export function together(a: PeerSets, b: PeerSets): PeerSets {
  const sure = a.sure.union(b.sure);
  return isSame(a) && isSame(b) ? sameSets(sure) : { sure, possible: a.possible.union(b.possible) };
}

/** What of all is not in it. */
export function negated(sets: PeerSets, all: BitSet): PeerSets {
  const sure = all.difference(sets.possible);
  return isSame(sets) ? sameSets(sure) : { sure, possible: all.difference(sets.sure) };
}

/** A set of which everything is known. */
export function sameSets(set: BitSet): PeerSets {
  return { sure: set, possible: set };
}

function isSame({ sure, possible }: PeerSets): boolean {
  return sure === possible;
}
