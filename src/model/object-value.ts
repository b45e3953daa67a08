import { isBase64 } from '../lang/base64.ts';
import { parseTime } from '../lang/time.ts';
import type { ListNode, MapNode, Tree } from '../text/tree.ts';
import { kindFacts, kindFactsInGroup } from './kind-facts.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { fitsInteger } from './numbers.ts';
import type { Json, JsonObject, ManifestObject } from './object.ts';
import { canonicalQuantity } from './quantity-value.ts';
import { structReference } from './types/schemas.ts';
import { fieldOf } from './types/type.ts';
import type { Struct, Type } from './types/type.ts';
import type { KubernetesVersion } from './versions.ts';

/** An object decoded for a minor. */
interface Decoded {
  readonly minor: number;
  readonly value: JsonObject;
  /** Whether nothing in it is unknown, repeated or of a wrong type. */
  readonly fits: boolean;
}

const known = new WeakMap<ManifestObject, Decoded[]>();

/**
 * The object as the engines see it: typed JSON, memoised per object and version. Wrongly typed and null fields are absent (linting reports
 * the former), null items of lists are zero values, quantities are canonical, fields of other versions are gone, fields of no version survive. Read it through an interface of
 * `kinds/`: `const pod: Pod = objectValue(object, version)`. Treat it as immutable; clone before changing.
 */
export function objectValue(object: ManifestObject, version: KubernetesVersion): JsonObject {
  return decodedFor(object, version.minor).value;
}

/**
 * Whether the object plainly fits the type of its kind in a minor: then `findFaults` finds nothing. Of JSON it is not told, since its keys
 * repeat and its numbers may be more than a double can hold.
 */
export function plainlyFits(object: ManifestObject, minor: number): boolean {
  return decodedFor(object, minor).fits;
}

function decodedFor(object: ManifestObject, minor: number): Decoded {
  const original = object.copyOf ?? object;
  let answers = known.get(original);
  if (answers === undefined) known.set(original, (answers = []));
  let decoded = answers.find((answer) => answer.minor === minor);
  if (decoded === undefined) answers.push((decoded = decodeLeniently(original, minor)));
  return decoded;
}

/** A decoding under way. */
interface Decoding {
  readonly minor: number;
  fits: boolean;
}

function decodeLeniently(object: ManifestObject, minor: number): Decoded {
  // Who reads a kind by its group relies on the types of its fields, whatever version is written.
  const facts = kindFacts(object.apiVersion, object.kind) ?? kindFactsInGroup(object.group, object.kind);
  if (facts === undefined) return { minor, value: plainMap(object.node), fits: false };
  const type = structReference(facts.struct);
  const isJSON = object.document.format === 'json';
  const node = isJSON ? mergeDuplicates(object.node, type, minor) : object.node;
  const decoding: Decoding = { minor, fits: !isJSON };
  const value = node.type === 'map' ? structValue(node, type.resolve(), decoding) : {};
  return { minor, value, fits: decoding.fits };
}

function structValue(node: MapNode, struct: Struct, decoding: Decoding): JsonObject {
  const value: JsonObject = {};
  for (const { key, value: written } of node.entries) {
    const field = fieldOf(struct, key, decoding.minor);
    if (field === undefined) {
      if (!struct.open) decoding.fits = false;
      // A field of other versions is one the server drops in this one; of what no version knows engines make nothing.
      if (!struct.fields.has(key)) setField(value, key, plainJson(written));
    } else if (written.type !== 'null') {
      const decoded = valueOf(written, field.type, decoding);
      if (decoded === undefined) decoding.fits = false;
      else setField(value, key, decoded);
    }
  }
  return value;
}

/** The value of a node as its type, by the same rules; undefined where it is null or does not fit. */
export function typedValue(node: Tree, type: Type, minor: number): Json | undefined {
  return node.type === 'null' ? undefined : valueOf(node, type, { minor, fits: true });
}

/** The value of a node that is not null. */
function valueOf(node: Tree, declared: Type, decoding: Decoding): Json | undefined {
  const type = declared.kind === 'pointer' ? declared.to : declared;
  switch (type.kind) {
    case 'struct':
      return node.type === 'map' ? structValue(node, type.resolve(), decoding) : undefined;
    case 'slice':
      return node.type === 'list' ? listValue(node, type.of, decoding) : undefined;
    case 'map':
      return node.type === 'map' ? mapValue(node, type.of, decoding) : undefined;
    case 'string':
      return node.type === 'string' ? node.value : undefined;
    case 'time':
    case 'micro-time':
      if (node.type !== 'string') return undefined;
      if ('error' in parseTime(node.value, type.kind === 'micro-time')) decoding.fits = false;
      return node.value;
    case 'bool':
      return node.type === 'boolean' ? node.value : undefined;
    case 'bytes':
      return node.type === 'string' && isBase64(node.value) ? node.value : undefined;
    case 'float64':
      return node.type === 'number' ? Number(node.literal) : undefined;
    case 'int-or-string':
      return node.type === 'string' ? node.value : integerValue(node, 'int32');
    case 'quantity':
      return canonicalQuantity(node);
    case 'any':
    case 'raw':
    case 'fields':
      return plainJson(node);
    default:
      return integerValue(node, type.kind);
  }
}

function integerValue(node: Tree, kind: 'int32' | 'int64' | 'int' | 'uint8'): number | undefined {
  return node.type === 'number' && fitsInteger(node.literal, kind) ? Number(node.literal) : undefined;
}

/** A null item is a zero value, as the server makes it; an item that does not fit is left out. */
function listValue(node: ListNode, of: Type, decoding: Decoding): Json[] {
  const items: Json[] = [];
  for (const item of node.items) {
    const value = item.type === 'null' ? zeroValue(of) : valueOf(item, of, decoding);
    if (value === undefined) decoding.fits = false;
    else items.push(value);
  }
  return items;
}

function mapValue(node: MapNode, of: Type, decoding: Decoding): JsonObject {
  const value: JsonObject = {};
  for (const { key, value: member } of node.entries) {
    const decoded = member.type === 'null' ? zeroValue(of) : valueOf(member, of, decoding);
    if (decoded === undefined) decoding.fits = false;
    else setField(value, key, decoded);
  }
  return value;
}

function zeroValue(type: Type): Json {
  switch (type.kind) {
    case 'struct':
      return {};
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'quantity':
      return '0';
    case 'int32':
    case 'int64':
    case 'int':
    case 'uint8':
    case 'float64':
    case 'int-or-string':
      return 0;
    default:
      return null;
  }
}

/** The JSON value of a tree as it stands, without a schema: of repeated keys the last wins, numbers lose what a double cannot hold. */
export function plainJson(node: Tree): Json {
  switch (node.type) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'number':
      return Number(node.literal);
    case 'null':
      return null;
    case 'list':
      return node.items.map(plainJson);
    case 'map':
      return plainMap(node);
  }
}

function plainMap(node: MapNode): JsonObject {
  const value: JsonObject = {};
  for (const entry of node.entries) setField(value, entry.key, plainJson(entry.value));
  return value;
}

/** Sets an own property whatever its name, `__proto__` included. */
export function setField(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}
