import type { BitSet } from '../../../lang/bit-set.ts';

/** Keeps one of equal sets, so that `===` compares them; the sets must not change any more. */
export class SetPool {
  private readonly byHash = new Map<number, BitSet[]>();
  private readonly numbers = new Map<BitSet, number>();

  /** The set that stands for all equal ones. */
  one(set: BitSet): BitSet {
    if (this.numbers.has(set)) return set;
    const hash = set.hash();
    const alike = this.byHash.get(hash);
    const known = alike?.find((other) => other.equals(set));
    if (known !== undefined) return known;
    if (alike === undefined) this.byHash.set(hash, [set]);
    else alike.push(set);
    this.numbers.set(set, this.numbers.size);
    return set;
  }

  /** A number that equal sets share. */
  number(set: BitSet): number {
    return this.numbers.get(this.one(set)) ?? -1;
  }
}
