import type { ListNode, MapNode, Tree } from '../text/tree.ts';
import { isBase64 } from '../lang/base64.ts';
import { kindFacts, kindFactsInGroup } from './kind-facts.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { fitsInteger } from './numbers.ts';
import type { Json, JsonObject, ManifestObject } from './object.ts';
import { canonicalQuantity } from './quantity-value.ts';
import { structReference } from './types/schemas.ts';
import { fieldOf } from './types/type.ts';
import type { Struct, Type } from './types/type.ts';
import type { KubernetesVersion } from './versions.ts';

const values = new WeakMap<ManifestObject, Map<number, JsonObject>>();

/**
 * The object as the engines see it: typed JSON, memoised per object and version. Wrongly typed and null fields are absent (linting reports
 * the former), null items of lists are zero values, quantities are canonical, fields of other versions are gone, fields of no version survive. Read it through an interface of
 * `kinds/`: `const pod: Pod = objectValue(object, version)`. Treat it as immutable; clone before changing.
 */
export function objectValue(object: ManifestObject, version: KubernetesVersion): JsonObject {
  const original = object.copyOf ?? object;
  let byMinor = values.get(original);
  if (byMinor === undefined) values.set(original, (byMinor = new Map<number, JsonObject>()));
  let value = byMinor.get(version.minor);
  if (value === undefined) {
    value = decodeLeniently(original, version.minor);
    byMinor.set(version.minor, value);
  }
  return value;
}

function decodeLeniently(object: ManifestObject, minor: number): JsonObject {
  // Who reads a kind by its group relies on the types of its fields, whatever version is written.
  const facts = kindFacts(object.apiVersion, object.kind) ?? kindFactsInGroup(object.group, object.kind);
  if (facts === undefined) return plainMap(object.node);
  const type = structReference(facts.struct);
  const node = object.document.format === 'json' ? mergeDuplicates(object.node, type, minor) : object.node;
  return node.type === 'map' ? structValue(node, type.resolve(), minor) : {};
}

function structValue(node: MapNode, struct: Struct, minor: number): JsonObject {
  const value: JsonObject = {};
  for (const entry of node.entries) {
    const field = fieldOf(struct, entry.key, minor);
    // A field of other versions is one the server drops in this one; of what no version knows engines make nothing.
    if (field === undefined && struct.fields.has(entry.key)) continue;
    const decoded = field === undefined ? plainJson(entry.value) : typedValue(entry.value, field.type, minor);
    if (decoded !== undefined) setField(value, entry.key, decoded);
  }
  return value;
}

/** The value of a node as its type, by the same rules; undefined where it is null or does not fit. */
export function typedValue(node: Tree, declared: Type, minor: number): Json | undefined {
  const type = declared.kind === 'pointer' ? declared.to : declared;
  if (node.type === 'null') return undefined;
  switch (type.kind) {
    case 'struct':
      return node.type === 'map' ? structValue(node, type.resolve(), minor) : undefined;
    case 'slice':
      return node.type === 'list' ? listValue(node, type.of, minor) : undefined;
    case 'map':
      return node.type === 'map' ? mapValue(node, type.of, minor) : undefined;
    case 'string':
    case 'time':
    case 'micro-time':
      return node.type === 'string' ? node.value : undefined;
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
function listValue(node: ListNode, of: Type, minor: number): Json[] {
  const items: Json[] = [];
  for (const item of node.items) {
    const value = item.type === 'null' ? zeroValue(of) : typedValue(item, of, minor);
    if (value !== undefined) items.push(value);
  }
  return items;
}

function mapValue(node: MapNode, of: Type, minor: number): JsonObject {
  const value: JsonObject = {};
  for (const { key, value: member } of node.entries) {
    const decoded = member.type === 'null' ? zeroValue(of) : typedValue(member, of, minor);
    if (decoded !== undefined) setField(value, key, decoded);
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
