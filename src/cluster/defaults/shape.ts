import { memo } from '../../lang/memo.ts';
import { compareQuantities, formatQuantity, isPlainQuantity, parseQuantity } from '../../lang/quantity.ts';
import { isObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/object.ts';
import { canonicalTime } from './time.ts';

export type ScalarType = 'string' | 'bool' | 'int32' | 'int64' | 'quantity' | 'time' | 'intOrString' | 'json';

/** One field of a Go struct: `always` when it is written even if empty, `since` the first Kubernetes minor that knows it. */
export interface ShapeField {
  readonly name: string;
  readonly kind: 'value' | 'pointer' | 'list' | 'map';
  readonly always: boolean;
  readonly since: number;
  readonly type: ScalarType | Shape;
}

/** A Go struct of the API as its JSON tags describe it. */
export interface Shape {
  readonly name: string;
  readonly fields: Map<string, ShapeField>;
}

const SCALARS = new Set<string>(['string', 'bool', 'int32', 'int64', 'quantity', 'time', 'intOrString', 'json']);
const FIELD = /^(\w+)(!?)(?::(\*|\[\]|\{\})?(\w+))?(?:@(\d+))?$/;
const KINDS = { '*': 'pointer', '[]': 'list', '{}': 'map' } as const;

/**
 * Reads a table of structs, one a line: `Container: name! image command:[]string securityContext:*SecurityContext procMount:*string@12`.
 * `!` marks what is written even when empty, `*` pointers, `[]` lists, `{}` maps, `@N` the minor that brought the field.
 */
export function compileShapes(table: string): ReadonlyMap<string, Shape> {
  const lines = table.trim().split('\n');
  const shapes = new Map<string, Shape>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':'));
    shapes.set(name, { name, fields: new Map() });
  }
  for (const line of lines) {
    const colon = line.indexOf(':');
    const shape = shapes.get(line.slice(0, colon));
    for (const token of line
      .slice(colon + 1)
      .trim()
      .split(' ')) {
      const field = readField(token, shapes);
      shape?.fields.set(field.name, field);
    }
  }
  return shapes;
}

function readField(token: string, shapes: ReadonlyMap<string, Shape>): ShapeField {
  const match = FIELD.exec(token);
  if (match === null) throw new Error(`bad field in a table of shapes: ${token}`);
  const [, name = '', always, kind, type = 'string', since = '0'] = match;
  const shape = SCALARS.has(type) ? (type as ScalarType) : shapes.get(type);
  if (shape === undefined) throw new Error(`unknown type in a table of shapes: ${token}`);
  return {
    name,
    always: always === '!',
    kind: kind === undefined ? 'value' : KINDS[kind as keyof typeof KINDS],
    since: Number(since),
    type: shape,
  };
}

/**
 * A JSON value as the server's decoder would hold it in memory: unknown fields gone, nulls unset, zero values absent, embedded structs
 * present, quantities and times canonical. What explicit empty lists and pointers to zero mean is kept. A wrongly typed field, which
 * the server refuses, is left out.
 */
export function normalize(shape: Shape, value: Json | undefined, minor: number): JsonObject {
  const result: JsonObject = {};
  const lists = memo(shape, fieldLists);
  const source = isObject(value) ? value : undefined;
  for (const { field } of source === undefined ? lists.embedded : setFields(lists, source)) {
    const { name, since } = field;
    if (since > minor) continue;
    const kept = normalizeField(field, source?.[name], minor);
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

/** A field and its position in its struct. */
interface Placed {
  readonly field: ShapeField;
  readonly isEmbedded: boolean;
  readonly position: number;
}

interface FieldLists {
  readonly byName: ReadonlyMap<string, Placed>;
  /** Those that are there even in an empty struct. */
  readonly embedded: readonly Placed[];
}

function fieldLists({ fields }: Shape): FieldLists {
  const all = [...fields.values()].map((field, position) => ({ field, position, isEmbedded: isEmbedded(field) }));
  return {
    byName: new Map(all.map((placed) => [placed.field.name, placed])),
    embedded: all.filter((placed) => placed.isEmbedded),
  };
}

function isEmbedded({ kind, type }: ShapeField): boolean {
  return kind === 'value' && typeof type !== 'string';
}

/** The fields that a value sets and those that are always there, in the order of the struct: of its fields most values set few. */
function setFields({ byName, embedded }: FieldLists, source: JsonObject): readonly Placed[] {
  const found = [...embedded];
  for (const name in source) {
    const placed = byName.get(name);
    if (placed === undefined || placed.isEmbedded) continue;
    let at = found.length;
    for (; at > 0; at--) {
      const before = found[at - 1];
      if (before === undefined || before.position < placed.position) break;
      found[at] = before;
    }
    found[at] = placed;
  }
  return found;
}

function normalizeField({ kind, type }: ShapeField, written: Json | undefined, minor: number): Json | undefined {
  if (kind === 'value') {
    if (typeof type !== 'string') return normalize(type, written, minor);
    if (written === undefined || written === null) return undefined;
    const scalar = normalizeScalar(type, written);
    return isZero(type, scalar) ? undefined : scalar;
  }
  if (written === undefined || written === null) return undefined;
  if (kind === 'pointer') return normalizeElement(type, written, minor);
  if (kind === 'list') {
    if (!Array.isArray(written)) return undefined;
    if (type === 'string') return written.map(stringOrEmpty);
    return written.map((item) => normalizeElement(type, item, minor) ?? zeroOf(type));
  }
  if (!isObject(written)) return undefined;
  // A copy, so that keys of all names are its own.
  const map: JsonObject = { ...written };
  for (const key in map) map[key] = normalizeElement(type, map[key] ?? null, minor) ?? zeroOf(type);
  return map;
}

function stringOrEmpty(item: Json): string {
  return typeof item === 'string' ? item : '';
}

function isZero(type: ScalarType, value: Json | undefined): boolean {
  // What is not decoded further, and pointers to floats, which the model takes for it, are kept as they are.
  if (type === 'json') return false;
  // A port of '' is text to the server, not the number 0.
  if (value === '') return type !== 'intOrString';
  return value === 0 || value === false || (type === 'quantity' && value === '0');
}

function normalizeElement(type: ScalarType | Shape, value: Json, minor: number): Json | undefined {
  if (typeof type === 'string') return value === null ? undefined : normalizeScalar(type, value);
  return value === null || isObject(value) ? normalize(type, value, minor) : undefined;
}

function zeroOf(type: ScalarType | Shape): Json {
  if (typeof type !== 'string') return {};
  if (type === 'bool') return false;
  if (type === 'quantity') return '0';
  return type === 'int32' || type === 'int64' || type === 'intOrString' ? 0 : '';
}

function normalizeScalar(type: ScalarType, value: Json): Json | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int32':
    case 'int64':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'intOrString':
      return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value)) ? value : undefined;
    case 'quantity': {
      if (typeof value !== 'string' && typeof value !== 'number') return undefined;
      if (typeof value === 'string' && isPlainQuantity(value)) return value;
      const quantity = parseQuantity(String(value).trim());
      return quantity === undefined ? undefined : formatQuantity(quantity);
    }
    case 'time':
      return typeof value === 'string' ? canonicalTime(value) : undefined;
    case 'json':
      return value;
  }
}

/** A normalised value as the server writes it: in the order of the struct, empty fields left out unless they are always written. */
export function encode(shape: Shape, value: JsonObject, minor: number): JsonObject {
  const result: JsonObject = {};
  for (const field of shape.fields.values()) {
    if (field.since > minor) continue;
    const { name, kind, type, always } = field;
    const item = value[name];
    if (
      kind === 'value' &&
      (typeof type !== 'string' || type === 'quantity' || type === 'time' || type === 'intOrString')
    ) {
      if (item === undefined && name === 'creationTimestamp' && minor >= FIRST_NO_NULL_TIME) continue;
      result[name] = encodeStruct(type, item, minor);
    } else if (item === undefined || isEmptyCollection(item, kind)) {
      if (always) result[name] = kind === 'value' ? zeroOf(type) : (item ?? null);
    } else result[name] = encodeItem(field, item, minor);
  }
  return result;
}

/** From here on the time of creation is left out where there is none. */
const FIRST_NO_NULL_TIME = 34;

function encodeStruct(type: ScalarType | Shape, item: Json | undefined, minor: number): Json {
  if (typeof type !== 'string') return encode(type, isObject(item) ? item : {}, minor);
  return item ?? (type === 'time' ? null : zeroOf(type));
}

function encodeItem(field: ShapeField, item: Json, minor: number): Json {
  const { type, kind } = field;
  if (typeof type === 'string') return item;
  if (kind === 'map' && isObject(item))
    return Object.fromEntries(
      Object.entries(item).map(([key, each]) => [key, encode(type, each as JsonObject, minor)]),
    );
  if (Array.isArray(item)) return item.map((each) => encode(type, each as JsonObject, minor));
  return encode(type, item as JsonObject, minor);
}

/**
 * Whether two normalised values are the same to the server (apimachinery's equality.Semantic): unset and empty lists and maps are
 * equal, quantities compare by amount.
 */
export function sameValue(shape: Shape, left: JsonObject, right: JsonObject): boolean {
  if (left === right) return true;
  for (const field of shape.fields.values()) {
    const a = left[field.name];
    const b = right[field.name];
    if (a === b) continue;
    if (!sameField(field, a, b)) return false;
  }
  return true;
}

function sameField(field: ShapeField, a: Json | undefined, b: Json | undefined): boolean {
  const { kind, type } = field;
  const left = a === undefined || isEmptyCollection(a, kind) ? undefined : a;
  const right = b === undefined || isEmptyCollection(b, kind) ? undefined : b;
  if (left === undefined || right === undefined) return left === right;
  if (kind === 'list' && Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameElement(type, item, right[index]));
  }
  if (kind === 'map' && isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && sameElement(type, left[key], right[key]))
    );
  }
  return sameElement(type, left, right);
}

function sameElement(type: ScalarType | Shape, left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof type !== 'string') return isObject(left) && isObject(right) && sameValue(type, left, right);
  if (type === 'json') return JSON.stringify(left) === JSON.stringify(right);
  if (type !== 'quantity' || typeof left !== 'string' || typeof right !== 'string') return false;
  const a = parseQuantity(left);
  const b = parseQuantity(right);
  return a !== undefined && b !== undefined && compareQuantities(a, b) === 0;
}

function isEmptyCollection(item: Json, kind: ShapeField['kind']): boolean {
  if (kind === 'list') return Array.isArray(item) && item.length === 0;
  return kind === 'map' && isObject(item) && Object.keys(item).length === 0;
}
