import { isObject, list, record } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { ObjectKind } from './object-kind.ts';

/** What a new object's status is thrown away for; an update keeps the old one. */
export function ownStatus(status: JsonObject): Pick<ObjectKind, 'forCreate' | 'forUpdate'> {
  return { forCreate: (object) => ({ ...object, status }), forUpdate: keepStatus };
}

/** Through the status only the status changes, through the object all but that. */
export function keepStatus(object: JsonObject, old: JsonObject, subresource: string): JsonObject {
  if (subresource === 'status') return { ...object, spec: old.spec ?? {} };
  return subresource === '' ? { ...object, status: old.status ?? {} } : object;
}

/** Whether two values are the same, what is empty aside. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(canonicalJson(left ?? null)) === JSON.stringify(canonicalJson(right ?? null));
}

function canonicalJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonicalJson);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, one]) => !(Array.isArray(one) && one.length === 0));
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, canonicalJson(one)]),
  );
}

/** A field's object to be completed in place; undefined where there is none. */
export function inside(object: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  let value: Json | undefined = object;
  for (const name of path) value = record(value)[name];
  return isObject(value) ? value : undefined;
}

/** The objects of a list, to be completed in place. */
export function each(value: Json | undefined): readonly JsonObject[] {
  return list(value).filter(isObject);
}

/** Fills in fields that are absent; what is given becomes part of the object. */
export function fill(object: JsonObject | undefined, fields: JsonObject): void {
  if (object === undefined) return;
  for (const name in fields) object[name] ??= fields[name] ?? null;
}
