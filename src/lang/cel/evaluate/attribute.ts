import { keyText } from '../values/collections.ts';
import {
  CelError,
  CelList,
  CelMap,
  goTypeOf,
  noSuchOverload,
  Optional,
  typeOf,
  Uint,
  type Value,
} from '../values/value.ts';
import type { Frame, Step } from './frame.ts';

/** One step of a path: a field, a key or an index, known beforehand or computed. */
export interface Qualifier {
  readonly at: number;
  readonly optional: boolean;
  /** Whether only presence is asked, as `has()` does. */
  readonly test: boolean;
  readonly key: (frame: Frame) => Value;
  /** The key, where it is a name known beforehand. */
  readonly field?: string;
}

/** A value with a path into it, or a choice between two. Paths are followed as a whole, so that an optional step makes the rest optional. */
export type Attribute =
  | { readonly kind: 'path'; readonly from: Step; readonly at: number; readonly path: readonly Qualifier[] }
  | { readonly kind: 'choice'; readonly condition: Step; readonly truthy: Attribute; readonly falsy: Attribute };

/** An attribute with one more step. */
export function qualified(attribute: Attribute, qualifier: Qualifier): Attribute {
  if (attribute.kind === 'path') return { ...attribute, path: [...attribute.path, qualifier] };
  return {
    ...attribute,
    truthy: qualified(attribute.truthy, qualifier),
    falsy: qualified(attribute.falsy, qualifier),
  };
}

/** The part of a program that follows an attribute, without the cost of the attribute itself. Mirrors cel-go's interpreter/attributes.go. */
export function resolver(attribute: Attribute): Step {
  if (attribute.kind === 'path') {
    const { from, path } = attribute;
    if (path.length === 0) return from;
    const fields = path.map(({ field, optional, test }) => (optional || test ? undefined : field));
    return fields.every((field) => field !== undefined)
      ? (frame) => followFields(frame, from(frame), fields, path)
      : (frame) => follow(frame, from(frame), path);
  }
  const { condition } = attribute;
  const truthy = resolver(attribute.truthy);
  const falsy = resolver(attribute.falsy);
  return (frame) => {
    const chosen = condition(frame);
    if (chosen === true) return truthy(frame);
    if (chosen === false) return falsy(frame);
    return chosen instanceof CelError ? chosen : noSuchOverload();
  };
}

/** The most frequent paths: maps, whose fields are there. Where that ends, `follow` goes on. */
function followFields(frame: Frame, from: Value, fields: readonly string[], path: readonly Qualifier[]): Value {
  if (!(from instanceof CelMap)) return follow(frame, from, path);
  let value: Value = from;
  for (let index = 0; index < fields.length; index++) {
    const next: Value | undefined = value instanceof CelMap ? value.find(fields[index] ?? '') : undefined;
    if (next === undefined || next instanceof CelError) return goOn(frame, value, path.slice(index), false);
    frame.spend(1);
    value = next;
  }
  return value;
}

function follow(frame: Frame, from: Value, path: readonly Qualifier[]): Value {
  if (from instanceof CelError) return from;
  if (!(from instanceof Optional)) return goOn(frame, from, path, false);
  return from.value === undefined ? from : goOn(frame, from.value, path, true);
}

function goOn(frame: Frame, from: Value, path: readonly Qualifier[], fromOptional: boolean): Value {
  let isOptional = fromOptional;
  let value = from;
  for (const qualifier of path) {
    isOptional ||= qualifier.optional;
    const next = isOptional ? ifPresent(frame, value, qualifier) : always(frame, value, qualifier);
    if (next === undefined) return new Optional();
    if (next instanceof CelError) return next.at < 0 ? new CelError(next.message, qualifier.at) : next;
    value = next;
  }
  return isOptional ? new Optional(value) : value;
}

function always(frame: Frame, value: Value, qualifier: Qualifier): Value {
  const key = qualifier.key(frame);
  const found = isKey(key) ? find(value, key) : invalidKey(key);
  frame.spend(1);
  if (qualifier.test) return found instanceof CelError ? found : found !== undefined;
  return found === undefined ? missing(value, key) : found;
}

/** Steps to what is not there cost nothing. */
function ifPresent(frame: Frame, value: Value, { key: keyOf }: Qualifier): Value | undefined {
  const key = keyOf(frame);
  const found = isKey(key) ? find(value, key) : invalidKey(key);
  if (found !== undefined && !(found instanceof CelError)) frame.spend(1);
  return found;
}

function isKey(key: Value): boolean {
  return typeof key === 'string' || ['bigint', 'boolean', 'number'].includes(typeof key) || key instanceof Uint;
}

function invalidKey(key: Value): CelError {
  return key instanceof CelError ? key : new CelError(`invalid qualifier type: ${goTypeOf(key)}`);
}

/** What a value has at a key: undefined for nothing, an error where such a key cannot be. */
function find(value: Value, key: Value): Value | undefined {
  if (value instanceof CelMap) return value.find(key);
  if (value instanceof CelError) return value;
  if (!(value instanceof CelList)) return undefined;
  const index = indexOf(key);
  if (typeof index !== 'number') return index;
  if (index < 0 || index >= value.size) return undefined;
  if (value.wantsInt && typeof key !== 'bigint') return new CelError(`unsupported index type: ${goTypeOf(key)}`);
  return value.item(index);
}

function indexOf(key: Value): number | CelError {
  if (typeof key === 'bigint') return Number(key);
  if (key instanceof Uint) return key.value < 2n ** 63n ? Number(key.value) : badIndex(key);
  if (typeof key === 'number') return Number.isInteger(key) && Math.abs(key) < 2 ** 63 ? key : badIndex(key);
  return new CelError(`unsupported index type '${typeOf(key).name}' in list`);
}

function badIndex(key: Value): CelError {
  return new CelError(`unsupported index value ${keyText(key)} in list`);
}

function missing(value: Value, key: Value): CelError {
  return new CelError(`${value instanceof CelList ? 'index out of bounds' : 'no such key'}: ${keyText(key)}`);
}
