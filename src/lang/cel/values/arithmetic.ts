import { concatenate, GrowingList } from './collections.ts';
import { addDuration, durationOf, timeBetween } from './times.ts';
import { CelError, CelList, Duration, noSuchOverload, Timestamp, Uint, type Value } from './value.ts';

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;

/** An int, or the error that it does not fit in 64 bits. */
export function intOf(value: bigint): Value {
  return value > MAX_INT || value < MIN_INT ? new CelError('integer overflow') : value;
}

/** An unsigned int, or the error that it does not fit in 64 bits. */
export function uintOf(value: bigint): Value {
  return value > MAX_UINT || value < 0n ? new CelError('unsigned integer overflow') : new Uint(value);
}

/** What an operation on a value of another type is: the error that value may be, or that there is no such operation. */
function mismatch(right: Value): CelError {
  return right instanceof CelError ? right : noSuchOverload();
}

export function add(left: Value, right: Value): Value {
  if (typeof left === 'bigint') return typeof right === 'bigint' ? intOf(left + right) : mismatch(right);
  if (typeof left === 'string') return typeof right === 'string' ? left + right : mismatch(right);
  if (typeof left === 'number') return typeof right === 'number' ? left + right : mismatch(right);
  if (left instanceof GrowingList) return right instanceof CelList ? left.append(right) : mismatch(right);
  if (left instanceof CelList)
    return right instanceof CelList ? (left.joined?.(right) ?? concatenate(left, right)) : mismatch(right);
  if (left instanceof Uint) return right instanceof Uint ? uintOf(left.value + right.value) : mismatch(right);
  if (left instanceof Uint8Array)
    return right instanceof Uint8Array ? Uint8Array.from([...left, ...right]) : mismatch(right);
  if (left instanceof Duration) {
    if (right instanceof Timestamp) return addDuration(right, left);
    return right instanceof Duration ? durationOf(left.nanos + right.nanos) : mismatch(right);
  }
  if (left instanceof Timestamp) return right instanceof Duration ? addDuration(left, right) : mismatch(right);
  return noSuchOverload();
}

export function subtract(left: Value, right: Value): Value {
  if (typeof left === 'bigint') return typeof right === 'bigint' ? intOf(left - right) : mismatch(right);
  if (typeof left === 'number') return typeof right === 'number' ? left - right : mismatch(right);
  if (left instanceof Uint) return right instanceof Uint ? uintOf(left.value - right.value) : mismatch(right);
  if (left instanceof Duration)
    return right instanceof Duration ? durationOf(left.nanos - right.nanos) : mismatch(right);
  if (left instanceof Timestamp) {
    if (right instanceof Timestamp) return timeBetween(right, left);
    if (!(right instanceof Duration)) return mismatch(right);
    const negated = durationOf(-right.nanos);
    return negated instanceof CelError ? negated : addDuration(left, negated);
  }
  return noSuchOverload();
}

export function multiply(left: Value, right: Value): Value {
  if (typeof left === 'bigint') return typeof right === 'bigint' ? intOf(left * right) : mismatch(right);
  if (typeof left === 'number') return typeof right === 'number' ? left * right : mismatch(right);
  if (left instanceof Uint) return right instanceof Uint ? uintOf(left.value * right.value) : mismatch(right);
  return noSuchOverload();
}

export function divide(left: Value, right: Value): Value {
  if (typeof left === 'number') return typeof right === 'number' ? left / right : mismatch(right);
  return wholeQuotient(left, right, 'division by zero', (a, b) => a / b);
}

export function modulo(left: Value, right: Value): Value {
  return wholeQuotient(left, right, 'modulus by zero', (a, b) => a % b);
}

function wholeQuotient(left: Value, right: Value, byZero: string, of: (a: bigint, b: bigint) => bigint): Value {
  if (typeof left === 'bigint') {
    if (typeof right !== 'bigint') return mismatch(right);
    if (right === 0n) return new CelError(byZero);
    return left === MIN_INT && right === -1n ? new CelError('integer overflow') : of(left, right);
  }
  if (left instanceof Uint) {
    if (!(right instanceof Uint)) return mismatch(right);
    return right.value === 0n ? new CelError(byZero) : new Uint(of(left.value, right.value));
  }
  return noSuchOverload();
}

export function negate(value: Value): Value {
  if (typeof value === 'bigint') return intOf(-value);
  if (typeof value === 'number') return -value;
  return value instanceof Duration ? durationOf(-value.nanos) : noSuchOverload();
}
