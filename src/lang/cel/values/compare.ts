import { compareBytes } from '../../byte-order.ts';
import { CelType } from '../types/cel-type.ts';
import { CelError, CelList, CelMap, Duration, noSuchOverload, Optional, Timestamp, Uint, type Value } from './value.ts';

/** Whether two values are equal, or the error that comparing them is. Mirrors cel-go's types.Equal. */
export function equal(left: Value, right: Value): boolean | CelError {
  if (left === null || right === null) return left === right;
  if (typeof left === 'string' || typeof left === 'boolean') return left === right;
  if (typeof left === 'bigint' || typeof left === 'number' || left instanceof Uint) {
    return isNumber(right) && compareNumbers(left, right) === 0;
  }
  if (left instanceof CelError) return left;
  if (left instanceof CelMap) return equalMaps(left, right);
  if (left instanceof CelList) return equalLists(left, right);
  if (left instanceof Uint8Array) return right instanceof Uint8Array && compareOctets(left, right) === 0;
  if (left instanceof Timestamp)
    return right instanceof Timestamp && left.seconds === right.seconds && left.nanos === right.nanos;
  if (left instanceof Duration) return right instanceof Duration && left.nanos === right.nanos;
  if (left instanceof Optional) {
    if (!(right instanceof Optional)) return false;
    if (left.value === undefined || right.value === undefined) return left.value === right.value;
    return equal(left.value, right.value);
  }
  if (left instanceof CelType) return right instanceof CelType && left.name === right.name;
  return left.equals(right);
}

/** Items whose comparison fails do not make lists differ, unless the first list is two put together. */
function equalLists(left: CelList, right: Value): boolean | CelError {
  if (!(right instanceof CelList)) return left.wantsInt ? noSuchOverload() : false;
  const own = left.sameAs?.(right);
  if (own !== undefined) return own;
  if (left.size !== right.size) return false;
  let error: CelError | undefined;
  for (let index = 0; index < left.size; index++) {
    const same = equal(left.item(index), right.item(index));
    if (same === false) return false;
    if (same instanceof CelError) error ??= same;
  }
  return error !== undefined && left.isConcatenation ? error : true;
}

function equalMaps(left: CelMap, right: Value): boolean | CelError {
  if (!(right instanceof CelMap)) return left.isStrict ? noSuchOverload() : false;
  if (left.size !== right.size) return false;
  for (const key of left.keys()) {
    const other = right.find(key);
    if (other === undefined) return false;
    if (equal(left.find(key) ?? null, other) === false) return false;
  }
  return true;
}

/** Whether a list holds an item equal to a value. */
export function isIn(value: Value, list: CelList): boolean {
  for (const item of list) if (equal(value, item) === true) return true;
  return false;
}

export function isNumber(value: Value): value is bigint | number | Uint {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint;
}

/** Compares numbers of any two types: negative, 0 or positive; NaN where one is NaN. Ints are compared with doubles as doubles, as cel-go does. */
export function compareNumbers(left: bigint | number | Uint, right: bigint | number | Uint): number {
  const a = left instanceof Uint ? left.value : left;
  const b = right instanceof Uint ? right.value : right;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  return typeof a === 'number' ? compareMixed(a, right) : -compareMixed(b as number, left);
}

const TWO_TO_63 = 2 ** 63;
const TWO_TO_64 = 2 ** 64;

function compareMixed(double: number, whole: bigint | number | Uint): number {
  if (Number.isNaN(double)) return NaN;
  if (whole instanceof Uint) {
    if (double < 0) return -1;
    return double > TWO_TO_64 ? 1 : compareDoubles(double, Number(whole.value));
  }
  if (double < -TWO_TO_63) return -1;
  return double > TWO_TO_63 ? 1 : compareDoubles(double, Number(whole));
}

function compareDoubles(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
}

function compareOctets(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(left.length - right.length);
}

/** Whether a value has an order among its like. */
export function isComparable(value: Value): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    isNumber(value) ||
    value instanceof Uint8Array ||
    value instanceof Timestamp ||
    value instanceof Duration
  );
}

/** The order of two values: -1, 0 or 1, or the error that there is none. Mirrors the Compare methods of cel-go's types. */
export function compare(left: Value, right: Value): number | CelError {
  if (isNumber(left)) {
    if (typeof left === 'number' && Number.isNaN(left)) return new CelError('NaN values cannot be ordered');
    if (!isNumber(right)) return right instanceof CelError ? right : noSuchOverload();
    const order = compareNumbers(left, right);
    return Number.isNaN(order) ? new CelError('NaN values cannot be ordered') : order;
  }
  if (typeof left === 'string' && typeof right === 'string') return Math.sign(compareBytes(left, right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return compareOctets(left, right);
  if (left instanceof Duration && right instanceof Duration)
    return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
  if (left instanceof Timestamp && right instanceof Timestamp)
    return Math.sign(left.seconds - right.seconds || left.nanos - right.nanos);
  return right instanceof CelError ? right : noSuchOverload();
}
