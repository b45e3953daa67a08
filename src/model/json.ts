import type { Json, JsonObject } from './object.ts';

/*
 * Readers of JSON whose types nobody has checked. Each is total: a value of another type reads like an absent one, because strict decoding
 * has already reported it.
 */

/** Whether the value is an object: neither a list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one for anything else. */
export function record(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The items of a list; none for anything else. */
export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : NONE;
}

const NONE: readonly never[] = [];

/** The items of a list, each as an object. */
export function records(value: Json | undefined): readonly JsonObject[] {
  return list(value).map(record);
}

/** The items of a list, each as an object and with its index. */
export function items(value: Json | undefined): readonly (readonly [index: number, item: JsonObject])[] {
  return list(value).map((each, index) => [index, record(each)] as const);
}

/** The value as a string; '' for anything else. */
export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The strings among the items of a list. */
export function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : NONE;
}

/** The fields of an object that are strings, such as labels or annotations. */
export function textFields(value: Json | undefined): [key: string, value: string][] {
  const found: [string, string][] = [];
  if (!isObject(value)) return found;
  for (const key in value) {
    const each = value[key];
    if (typeof each === 'string') found.push([key, each]);
  }
  return found;
}
