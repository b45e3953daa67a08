import { compareBytes } from './byte-order.ts';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  subtractQuantities,
} from './quantity.ts';

/** Amounts of resources by name. The operations mirror apiserver pkg/quota/v1/resources.go, v1.24. */
export type ResourceList = ReadonlyMap<string, Quantity>;

const ZERO: Quantity = { value: 0n, scale: 0, format: 'DecimalSI' };

/** A resource list as JSON has it; what is no quantity is left out. */
export function readResourceList(written: Readonly<Record<string, unknown>> = {}): ResourceList {
  const list = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(written)) {
    const quantity = typeof text === 'string' || typeof text === 'number' ? parseQuantity(String(text)) : undefined;
    if (quantity !== undefined) list.set(name, quantity);
  }
  return list;
}

/** Name by name the sum, in the format of the first list. */
export function addLists(left: ResourceList, right: ResourceList): ResourceList {
  const sum = new Map(left);
  for (const [name, quantity] of right) {
    const before = sum.get(name);
    sum.set(name, before === undefined ? quantity : addQuantities(before, quantity));
  }
  return sum;
}

/** Name by name the greater; of equal amounts, the one of the list that `ties` names. */
export function maxLists(left: ResourceList, right: ResourceList, ties: 'left' | 'right'): ResourceList {
  const greater = new Map(left);
  for (const [name, quantity] of right) {
    const before = greater.get(name);
    const difference = before === undefined ? 1 : compareQuantities(quantity, before);
    if (difference > 0 || (difference === 0 && ties === 'right')) greater.set(name, quantity);
  }
  return greater;
}

/** Name by name what is left of the first list, never less than nothing. */
export function subtractLists(left: ResourceList, right: ResourceList): ResourceList {
  const rest = new Map(left);
  for (const [name, quantity] of right) {
    const before = rest.get(name);
    const difference = before === undefined ? ZERO : subtractQuantities(before, quantity);
    rest.set(name, difference.value > 0n ? difference : ZERO);
  }
  return rest;
}

/** Each amount a whole number of times. */
export function multiplyList(list: ResourceList, times: number): ResourceList {
  return new Map(
    [...list].map(([name, { value, scale, format }]) => [name, { value: value * BigInt(times), scale, format }]),
  );
}

/** The part of a list under some names. */
export function maskList(list: ResourceList, names: Iterable<string>): ResourceList {
  const wanted = new Set(names);
  return new Map([...list].filter(([name]) => wanted.has(name)));
}

/** The list without its zeros. */
export function withoutZeros(list: ResourceList): ResourceList {
  return new Map([...list].filter(([, { value }]) => value !== 0n));
}

/** A list as messages print it: `cpu=1,memory=1Gi`, by name. */
export function formatResourceList(list: ResourceList): string {
  return sortedNames(list.keys())
    .map((name) => `${name}=${formatQuantity(list.get(name) ?? ZERO)}`)
    .join(',');
}

/** Names in the order that Go sorts strings. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].sort(compareBytes);
}
