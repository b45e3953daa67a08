import { AddressSet } from './address-set.ts';
import type { Cidr } from './cidr.ts';
import type { Truth } from '../truth.ts';

/** Whether blocks hold an address of which no more is known than that it lies in one of `within`. */
export function blocksHold(blocks: readonly Cidr[], within: readonly Cidr[]): Truth {
  const set = AddressSet.of(blocks);
  let [all, none] = [true, true];
  for (const block of within) {
    const covered = set.covers(block);
    if (covered !== true) all = false;
    if (covered !== false) none = false;
  }
  return none ? false : all ? true : 'maybe';
}

/** Blocks of which together is one block without others. */
export function blocksWithout(block: Cidr, others: readonly Cidr[]): readonly Cidr[] {
  const inside = others.filter((other) => overlap(other, block));
  if (inside.length === 0) return [block];
  if (inside.some((other) => other.bits <= block.bits)) return [];
  return halves(block).flatMap((half) => blocksWithout(half, inside));
}

function overlap(a: Cidr, b: Cidr): boolean {
  const bits = Math.min(a.bits, b.bits);
  return a.family === b.family && firstBits(a, bits) === firstBits(b, bits);
}

function firstBits(block: Cidr, bits: number): number | bigint {
  return block.family === 4 ? Math.floor(block.base / 2 ** (32 - bits)) : block.base >> BigInt(128 - bits);
}

function halves(block: Cidr): readonly Cidr[] {
  const bits = block.bits + 1;
  if (block.family === 4)
    return [
      { ...block, bits },
      { ...block, base: block.base + 2 ** (32 - bits), bits },
    ];
  return [
    { ...block, bits },
    { ...block, base: block.base + (1n << BigInt(128 - bits)), bits },
  ];
}
