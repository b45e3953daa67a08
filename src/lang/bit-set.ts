/**
 * A set of small whole numbers, all below a size that is fixed when it is made. It knows the words between its smallest and largest
 * numbers, so that operations on a set of neighbours cost little however large the size.
 */
export class BitSet {
  readonly size: number;
  private readonly words: Uint32Array;
  /** No bit is set outside of the words from `low` to before `high`. */
  private low: number;
  private high: number;

  constructor(size: number) {
    this.size = size;
    this.words = new Uint32Array((size + 31) >>> 5);
    this.low = this.words.length;
    this.high = 0;
  }

  /** The set of all numbers below a size. */
  static full(size: number): BitSet {
    const set = new BitSet(size);
    set.words.fill(0xffffffff);
    const rest = size & 31;
    if (rest !== 0) set.words[set.words.length - 1] = 2 ** rest - 1;
    set.low = 0;
    set.high = set.words.length;
    return set;
  }

  add(number: number): void {
    const word = number >>> 5;
    this.words[word] = (this.words[word] ?? 0) | (1 << (number & 31));
    if (word < this.low) this.low = word;
    if (word >= this.high) this.high = word + 1;
  }

  has(number: number): boolean {
    return (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  isEmpty(): boolean {
    return this.low >= this.high;
  }

  intersects(other: BitSet): boolean {
    const high = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < high; i++) {
      if (((this.words[i] ?? 0) & (other.words[i] ?? 0)) !== 0) return true;
    }
    return false;
  }

  intersection(other: BitSet): BitSet {
    const result = new BitSet(this.size);
    const high = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < high; i++) {
      result.words[i] = (this.words[i] ?? 0) & (other.words[i] ?? 0);
    }
    return result.within(Math.max(this.low, other.low), high);
  }

  difference(other: BitSet): BitSet {
    const result = new BitSet(this.size);
    for (let i = this.low; i < this.high; i++) result.words[i] = (this.words[i] ?? 0) & ~(other.words[i] ?? 0);
    return result.within(this.low, this.high);
  }

  union(other: BitSet): BitSet {
    const result = new BitSet(this.size);
    const low = Math.min(this.low, other.low);
    const high = Math.max(this.high, other.high);
    for (let i = low; i < high; i++) result.words[i] = (this.words[i] ?? 0) | (other.words[i] ?? 0);
    return result.within(low, high);
  }

  /** Adds all numbers of another set. */
  addAll(other: BitSet): void {
    for (let i = other.low; i < other.high; i++) this.words[i] = (this.words[i] ?? 0) | (other.words[i] ?? 0);
    this.low = Math.min(this.low, other.low);
    this.high = Math.max(this.high, other.high);
  }

  equals(other: BitSet): boolean {
    if (this.low !== other.low || this.high !== other.high) return false;
    for (let i = this.low; i < this.high; i++) if (this.words[i] !== other.words[i]) return false;
    return true;
  }

  /** How many numbers it has in common with another set. */
  countCommon(other: BitSet): number {
    let count = 0;
    const high = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < high; i++) {
      count += ones((this.words[i] ?? 0) & (other.words[i] ?? 0));
    }
    return count;
  }

  /** A number that is the same for equal sets, and seldom for others. */
  hash(): number {
    let hash = this.low;
    for (let i = this.low; i < this.high; i++) {
      hash = Math.imul(hash ^ (this.words[i] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** The smallest number of the set; -1 when it is empty. */
  first(): number {
    for (const number of this) return number;
    return -1;
  }

  /** All numbers, ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (let i = this.low; i < this.high; i++) {
      for (let rest = this.words[i] ?? 0; rest !== 0; rest &= rest - 1) yield i * 32 + (31 - Math.clz32(rest & -rest));
    }
  }

  /** Narrows the known words down to those between two that are not empty. */
  private within(low: number, high: number): this {
    let from = low;
    let to = high;
    while (from < to && this.words[from] === 0) from++;
    while (to > from && this.words[to - 1] === 0) to--;
    this.low = from < to ? from : this.words.length;
    this.high = from < to ? to : 0;
    return this;
  }
}

/** How many bits of a word are set. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
