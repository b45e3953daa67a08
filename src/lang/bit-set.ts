/** A set of small whole numbers, all below a size that is fixed when it is made. */
export class BitSet {
  readonly size: number;
  private readonly words: Uint32Array;

  constructor(size: number, words = new Uint32Array((size + 31) >>> 5)) {
    this.size = size;
    this.words = words;
  }

  /** The set of all numbers below a size. */
  static full(size: number): BitSet {
    const words = new Uint32Array((size + 31) >>> 5).fill(0xffffffff);
    const rest = size & 31;
    if (rest !== 0) words[words.length - 1] = 2 ** rest - 1;
    return new BitSet(size, words);
  }

  add(number: number): void {
    const word = number >>> 5;
    this.words[word] = (this.words[word] ?? 0) | (1 << (number & 31));
  }

  has(number: number): boolean {
    return (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  equals(other: BitSet): boolean {
    return this.words.every((word, index) => word === other.words[index]);
  }

  intersection(other: BitSet): BitSet {
    return new BitSet(
      this.size,
      this.words.map((word, index) => word & (other.words[index] ?? 0)),
    );
  }

  difference(other: BitSet): BitSet {
    return new BitSet(
      this.size,
      this.words.map((word, index) => word & ~(other.words[index] ?? 0)),
    );
  }

  union(other: BitSet): BitSet {
    return new BitSet(
      this.size,
      this.words.map((word, index) => word | (other.words[index] ?? 0)),
    );
  }

  /** The smallest number of the set; -1 when it is empty. */
  first(): number {
    const word = this.words.findIndex((each) => each !== 0);
    if (word < 0) return -1;
    const bits = this.words[word] ?? 0;
    return word * 32 + (31 - Math.clz32(bits & -bits));
  }

  /** All numbers, ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (const [index, word] of this.words.entries()) {
      for (let rest = word; rest !== 0; rest &= rest - 1) yield index * 32 + (31 - Math.clz32(rest & -rest));
    }
  }
}
