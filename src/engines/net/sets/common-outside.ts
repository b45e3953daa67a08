import type { Address } from '../../../lang/addresses/cidr.ts';
import type { Family } from '../form/normal-form.ts';
import type { AddressRange } from '../model/outside-classes.ts';
import type { Peer } from './peers.ts';

/** Addresses that are in one class of peers of two networks each: neither tells them apart. */
export interface CommonOutside {
  readonly ranges: readonly AddressRange[];
  /** Numbers of the peers of the two networks. */
  readonly numbers: readonly [number, number];
}

/** The coarsest partition of addresses that refines the outside peers of two networks. Addresses that only one of them has outside are left out. */
export function commonOutside(
  family: Family,
  first: readonly Peer[],
  second: readonly Peer[],
): readonly CommonOutside[] {
  const [a, b] = [rangesOf(first), rangesOf(second)];
  const found = new Map<string, { ranges: AddressRange[]; numbers: readonly [number, number] }>();
  let i = 0;
  let j = 0;
  for (;;) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined || right === undefined) break;
    const from = left.from > right.from ? left.from : right.from;
    const to = left.to < right.to ? left.to : right.to;
    if (from <= to) {
      const key = `${left.number} ${right.number}`;
      const range = { first: addressOf(family, from), last: addressOf(family, to) };
      const known = found.get(key);
      if (known === undefined) found.set(key, { ranges: [range], numbers: [left.number, right.number] });
      else known.ranges.push(range);
    }
    if (left.to <= right.to) i++;
    if (right.to <= left.to) j++;
  }
  return [...found.values()];
}

interface NumberedRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly number: number;
}

function rangesOf(peers: readonly Peer[]): readonly NumberedRange[] {
  return peers
    .flatMap(({ ranges = [] }, number) =>
      ranges.map(({ first, last }) => ({ from: BigInt(first.value), to: BigInt(last.value), number })),
    )
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

function addressOf(family: Family, value: bigint): Address {
  return family === 4 ? { family, value: Number(value) } : { family, value };
}
