import { goQuote } from '../../../lang/go-quote.ts';
import type { FieldPath } from '../../../text/tree.ts';

/** One reason why a policy refuses a pod. */
export interface PolicyError {
  /** The server's text, its own spelling of the path included. */
  readonly message: string;
  /** Where the pod says so, in the manifest's own fields; a field that is missing is named all the same. */
  readonly podPath: FieldPath;
  /** What in the policy refuses it, as far as one field does. */
  readonly policyPath: FieldPath;
}

/** Both places of an error: in the pod and in the policy. */
export interface ErrorPlace {
  readonly podPath: FieldPath;
  readonly policyPath: FieldPath;
}

/** `path: Invalid value: …`; `printed` is the value in Go syntax (`goString`, `goInts`, `String`). */
export function invalid(path: string, printed: string, detail: string, place: ErrorPlace): PolicyError {
  return { message: `${path}: Invalid value: ${printed}${detail === '' ? '' : `: ${detail}`}`, ...place };
}

/** `path: Required value`. */
export function required(path: string, detail: string, place: ErrorPlace): PolicyError {
  return { message: `${path}: Required value${detail === '' ? '' : `: ${detail}`}`, ...place };
}

/** `path: Forbidden: …`. */
export function forbidden(path: string, detail: string, place: ErrorPlace): PolicyError {
  return { message: `${path}: Forbidden: ${detail}`, ...place };
}

/** A nil pointer, as the server prints it. */
export const GO_NIL = '"null"';

/** A slice of a Go type, nil when undefined: `[]int64{0, 70000}`, `[]core.Capability(nil)`. */
export function goSlice(type: string, items: readonly string[] | undefined): string {
  return items === undefined ? `[]${type}(nil)` : `[]${type}{${items.join(', ')}}`;
}

/** An int64 in decimal. Doubles hold the largest one as 2^63, which is printed as what was meant. */
export function goInt(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const exact = BigInt(value);
  return String(exact > MAX_INT64 ? MAX_INT64 : exact);
}

const MAX_INT64 = 2n ** 63n - 1n;

/** Ranges of ids as `%v` prints them: `[{1 65535} {70000 70000}]`. */
export function goRanges(ranges: readonly IDRange[]): string {
  return `[${ranges.map(({ min = 0, max = 0 }) => `{${goInt(min)} ${goInt(max)}}`).join(' ')}]`;
}

/** A range of user or group ids, both ends in it; an end that is not given is 0. */
export interface IDRange {
  readonly min?: number;
  readonly max?: number;
}

/** Whether an id is in one of the ranges. */
export function inRanges(id: number, ranges: readonly IDRange[]): boolean {
  return ranges.some(({ min = 0, max = 0 }) => id >= min && id <= max);
}

export { goQuote as goString };
