import type { BitSet } from '../../../lang/bit-set.ts';

/** Peers that nothing so far tells apart, with what was noted about all of them. */
export interface PeerPart<T> {
  readonly peers: BitSet;
  readonly note: T | undefined;
}

/** With more parts than this it is remembered which part a peer is in: looking through all of them would take too long. */
const manyParts = 64;

/** Splits peers into parts that no set tells apart, set by set: the one partition of all analyses. However many parts there are, a small set takes few steps. */
export class PeerParts<T = never> {
  private readonly parts: PeerPart<T>[];
  private readonly size: number;
  private partOf: Int32Array | undefined;

  /** All peers that are to be told apart. */
  constructor(among: BitSet) {
    this.size = among.size;
    this.parts = among.isEmpty() ? [] : [{ peers: among, note: undefined }];
  }

  all(): readonly PeerPart<T>[] {
    return this.parts;
  }

  /** Tells the peers of a set from the others. */
  split(peers: BitSet): void {
    this.divide(peers, (note) => note);
  }

  /** Notes something about the peers of a set, which is made from what was noted before; the others are split off. */
  note(peers: BitSet, noteOf: (before: T | undefined) => T): void {
    this.divide(peers, noteOf);
  }

  private divide(peers: BitSet, noteOf: (before: T | undefined) => T | undefined): void {
    if (peers.isEmpty()) return;
    for (const index of this.touched(peers)) {
      const part = this.parts[index];
      if (part?.peers.intersects(peers) !== true) continue;
      const outside = part.peers.difference(peers);
      if (outside.isEmpty()) {
        this.parts[index] = { peers: part.peers, note: noteOf(part.note) };
        continue;
      }
      const inside = part.peers.intersection(peers);
      this.parts[index] = { peers: outside, note: part.note };
      if (this.partOf !== undefined) for (const number of inside) this.partOf[number] = this.parts.length;
      this.parts.push({ peers: inside, note: noteOf(part.note) });
    }
  }

  /** The parts that may have some of the peers. */
  private touched(peers: BitSet): Iterable<number> {
    if (this.parts.length <= manyParts) return [...this.parts.keys()];
    this.partOf ??= this.places();
    const found = new Set<number>();
    for (const number of peers) found.add(this.partOf[number] ?? 0);
    return found;
  }

  private places(): Int32Array {
    const partOf = new Int32Array(this.size);
    for (const [index, { peers }] of this.parts.entries()) for (const number of peers) partOf[number] = index;
    return partOf;
  }
}
