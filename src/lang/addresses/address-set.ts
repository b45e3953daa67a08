import type { Address, Cidr } from './cidr.ts';
import { blocksOfRange } from './format-address.ts';
import type { Truth } from '../truth.ts';

/** Addresses of one family by their values, both ends included. */
interface ValueRange {
  readonly first: Address['value'];
  last: Address['value'];
}

const known = new WeakMap<readonly Cidr[], AddressSet>();

/** The addresses of a list of blocks as sorted ranges that neither overlap nor touch: a question takes few steps, however long the list. */
export class AddressSet {
  private readonly ranges: Readonly<Record<4 | 6, readonly ValueRange[]>>;

  private constructor(blocks: readonly Cidr[]) {
    this.ranges = { 4: merged(blocks, 4), 6: merged(blocks, 6) };
  }

  /** The set of a list, made once for each list. */
  static of(blocks: readonly Cidr[]): AddressSet {
    let set = known.get(blocks);
    if (set === undefined) known.set(blocks, (set = new AddressSet(blocks)));
    return set;
  }

  has({ family, value }: Address): boolean {
    const range = this.ranges[family][indexOfLastUpTo(this.ranges[family], value)];
    return range !== undefined && value <= range.last;
  }

  /** Whether it has all addresses of a block, some, or none. */
  covers(block: Cidr): Truth {
    const ranges = this.ranges[block.family];
    const last = lastOf(block);
    const index = indexOfLastUpTo(ranges, last);
    const range = ranges[index];
    if (range === undefined || range.last < block.base) return false;
    return range.first <= block.base && last <= range.last ? true : 'maybe';
  }

  /** The blocks, the fewest, that are what it has of the addresses from one to another, both included. */
  blocksBetween(first: Address, last: Address): readonly Cidr[] {
    const ranges = this.ranges[first.family];
    const blocks: Cidr[] = [];
    for (let index = Math.max(0, indexOfLastUpTo(ranges, first.value)); index < ranges.length; index++) {
      const range = ranges[index];
      if (range === undefined || range.first > last.value) break;
      if (range.last < first.value) continue;
      const start = range.first > first.value ? addressOf(range.first) : first;
      blocks.push(...blocksOfRange(start, range.last < last.value ? addressOf(range.last) : last));
    }
    return blocks;
  }
}

/** The last address of a block, as a value of its family. */
export function lastOf(block: Cidr): Address['value'] {
  if (block.family === 4) return block.base + 2 ** (32 - block.bits) - 1;
  return block.base + (1n << BigInt(128 - block.bits)) - 1n;
}

function addressOf(value: Address['value']): Address {
  return typeof value === 'bigint' ? { family: 6, value } : { family: 4, value };
}

function merged(blocks: readonly Cidr[], family: 4 | 6): readonly ValueRange[] {
  const own = blocks.filter((block) => block.family === family);
  own.sort((a, b) => (a.base < b.base ? -1 : a.base > b.base ? 1 : 0));
  const ranges: ValueRange[] = [];
  for (const block of own) {
    const last = lastOf(block);
    const previous = ranges[ranges.length - 1];
    if (previous === undefined || block.base > next(previous.last)) ranges.push({ first: block.base, last });
    else if (last > previous.last) previous.last = last;
  }
  return ranges;
}

function next(value: Address['value']): Address['value'] {
  return typeof value === 'bigint' ? value + 1n : value + 1;
}

/** The index of the last range that begins at a value or before it; -1 when there is none. */
function indexOfLastUpTo(ranges: readonly ValueRange[], value: Address['value']): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.first ?? value) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
