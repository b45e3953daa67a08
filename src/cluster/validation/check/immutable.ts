import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, goJson, invalid, type Printed } from './check.ts';
import type { Place } from './place.ts';
import { isEmpty } from './rules.ts';

/** Whether two values are the same to the server: unset and empty alike (apimachinery's equality.Semantic). */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isNothing(a) && isNothing(b)) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((one, index) => isSame(one, b[index]));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right]: [JsonObject, JsonObject] = [a, b];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => isSame(left[key], right[key]));
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && isEmpty(value));
}

/** A field that stays as it was. Mirrors ValidateImmutableField. */
export function checkImmutable(
  check: Check,
  now: Json | undefined,
  before: Json | undefined,
  at: Place,
  printed?: Printed,
): void {
  if (isSame(now, before)) return;
  invalid(check, at, printed ?? plain(now), 'field is immutable');
}

function plain(value: Json | undefined): Json | undefined | Printed {
  return typeof value === 'object' && value !== null ? { go: '{...}', json: goJson(value) } : value;
}
