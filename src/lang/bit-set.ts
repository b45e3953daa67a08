/**
 * A set of small whole numbers, all below a size that is fixed when it is made. It holds no more words than lie between its smallest and
 * largest numbers, so that a set of neighbours costs little however large the size.
 */
export class BitSet {
  readonly size: number;
  /** The words from `low` on; there may be more behind those before `high`. */
  private words: Uint32Array;
  /** No bit is set outside of the words from `low` to before `high`; unless the set is empty, those two have some. */
  private low: number;
  private high: number;

  constructor(size: number) {
    this.size = size;
    this.words = noWords;
    this.low = 0;
    this.high = 0;
  }

  /** The set of all numbers below a size. */
  static full(size: number): BitSet {
    const words = new Uint32Array((size + 31) >>> 5).fill(0xffffffff);
    const rest = size & 31;
    if (rest !== 0) words[words.length - 1] = 2 ** rest - 1;
    return new BitSet(size).holding(words, 0);
  }

  add(number: number): void {
    const word = number >>> 5;
    this.reach(word, word + 1);
    this.words[word - this.low] = (this.words[word - this.low] ?? 0) | (1 << (number & 31));
  }

  /** Adds all numbers of another set. */
  addAll(other: BitSet): void {
    if (other.isEmpty()) return;
    this.reach(other.low, other.high);
    const shift = other.low - this.low;
    const count = other.high - other.low;
    for (let i = 0; i < count; i++) this.words[i + shift] = (this.words[i + shift] ?? 0) | (other.words[i] ?? 0);
  }

  has(number: number): boolean {
    return ((this.at(number >>> 5) >>> (number & 31)) & 1) === 1;
  }

  isEmpty(): boolean {
    return this.low >= this.high;
  }

  intersects(other: BitSet): boolean {
    const high = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < high; i++) {
      if (((this.words[i - this.low] ?? 0) & (other.words[i - other.low] ?? 0)) !== 0) return true;
    }
    return false;
  }

  intersection(other: BitSet): BitSet {
    const low = Math.max(this.low, other.low);
    const high = Math.min(this.high, other.high);
    const words = high <= low ? noWords : this.words.slice(low - this.low, high - this.low);
    const shift = low - other.low;
    for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) & (other.words[i + shift] ?? 0);
    return new BitSet(this.size).holding(words, low);
  }

  difference(other: BitSet): BitSet {
    const words = this.words.slice(0, this.high - this.low);
    const shift = this.low - other.low;
    const from = Math.max(0, -shift);
    const to = Math.min(words.length, other.high - this.low);
    for (let i = from; i < to; i++) words[i] = (words[i] ?? 0) & ~(other.words[i + shift] ?? 0);
    return new BitSet(this.size).holding(words, this.low);
  }

  union(other: BitSet): BitSet {
    const result = this.copy();
    result.addAll(other);
    return result;
  }

  copy(): BitSet {
    return new BitSet(this.size).holding(this.words.slice(0, this.high - this.low), this.low);
  }

  count(): number {
    return this.countCommon(this);
  }

  equals(other: BitSet): boolean {
    if (this.low !== other.low || this.high !== other.high) return false;
    const count = this.high - this.low;
    for (let i = 0; i < count; i++) if (this.words[i] !== other.words[i]) return false;
    return true;
  }

  /** How many numbers it has in common with another set. */
  countCommon(other: BitSet): number {
    let count = 0;
    const high = Math.min(this.high, other.high);
    for (let i = Math.max(this.low, other.low); i < high; i++) {
      count += ones((this.words[i - this.low] ?? 0) & (other.words[i - other.low] ?? 0));
    }
    return count;
  }

  /** A number that is the same for equal sets, and seldom for others. */
  hash(): number {
    let hash = this.low;
    const count = this.high - this.low;
    for (let i = 0; i < count; i++) {
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
      for (let rest = this.words[i - this.low] ?? 0; rest !== 0; rest &= rest - 1) {
        yield i * 32 + (31 - Math.clz32(rest & -rest));
      }
    }
  }

  private at(word: number): number {
    return word < this.low || word >= this.high ? 0 : (this.words[word - this.low] ?? 0);
  }

  /** Makes room for words up to before another; they get a bit each at both ends, or the set is no longer as its fields say. */
  private reach(from: number, to: number): void {
    if (this.isEmpty()) {
      this.words = new Uint32Array(to - from);
      this.low = from;
      this.high = to;
      return;
    }
    const low = Math.min(from, this.low);
    const high = Math.max(to, this.high);
    if (low < this.low || high - low > this.words.length) {
      // Twice the room, since who adds one number adds more.
      const room = Math.min(Math.max(high - low, 2 * this.words.length), ((this.size + 31) >>> 5) - low);
      const words = new Uint32Array(room);
      words.set(this.words.subarray(0, this.high - this.low), this.low - low);
      this.words = words;
    }
    this.low = low;
    this.high = high;
  }

  /** Takes words, the first of which is number `low`, and narrows the known ones down to those between two that are not empty. */
  private holding(words: Uint32Array, low: number): this {
    let from = 0;
    let to = words.length;
    while (from < to && words[from] === 0) from++;
    while (to > from && words[to - 1] === 0) to--;
    this.words = from === to ? noWords : words.subarray(from, to);
    this.low = from === to ? 0 : low + from;
    this.high = from === to ? 0 : low + to;
    return this;
  }
}

const noWords = new Uint32Array(0);

/** How many bits of a word are set. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
