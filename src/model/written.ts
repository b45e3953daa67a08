import { decodeBase64, encodeBase64 } from '../lang/base64.ts';
import { formatTime, parseTime } from '../lang/time.ts';
import type { Tree } from '../text/tree.ts';
import { child } from '../text/tree.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { canonicalQuantity } from './quantity-value.ts';
import { fieldOf } from './types/type.ts';
import type { Field, Struct, Type } from './types/type.ts';

/**
 * The object as the server would write it back, as JSON text (so that integers keep all their digits): unknown fields gone, zero
 * structs and nulls where Go writes them, quantities and times canonical. The tree must decode without error.
 * Mirrors encoding/json's Marshal over the Go types.
 */
export function writtenObject(root: Tree, type: Type, minor: number): string {
  return write(mergeDuplicates(root, type, minor), type, minor);
}

function write(node: Tree | undefined, declared: Type, minor: number): string {
  const absent = node === undefined || node.type === 'null';
  if (absent && declared.kind === 'pointer') return 'null';
  const type = declared.kind === 'pointer' ? declared.to : declared;
  switch (type.kind) {
    case 'struct':
      return writeStruct(node, type.resolve(), minor);
    case 'slice':
      if (node?.type !== 'list') return 'null';
      return `[${node.items.map((item) => write(item, type.of, minor)).join(',')}]`;
    case 'map':
      if (node?.type !== 'map') return 'null';
      return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${write(value, type.of, minor)}`).join(',')}}`;
    default:
      return writeScalar(node, type);
  }
}

function writeStruct(node: Tree | undefined, struct: Struct, minor: number): string {
  const members: string[] = [];
  for (const { name } of struct.fields.values()) {
    const field = fieldOf(struct, name, minor);
    if (field === undefined) continue;
    const value = node?.type === 'map' ? child(node, name) : undefined;
    if (!isOmitted(value, field)) members.push(`${JSON.stringify(name)}:${write(value, field.type, minor)}`);
  }
  return `{${members.join(',')}}`;
}

/** omitempty looks at scalars, pointers, lists and maps only; omitzero (in these types) only at times. */
function isOmitted(node: Tree | undefined, { omit, type }: Field): boolean {
  if (omit === 'never') return false;
  const absent = node === undefined || node.type === 'null';
  switch (type.kind) {
    case 'struct':
    case 'quantity':
    case 'int-or-string':
    case 'raw':
    case 'fields':
      return false;
    case 'time':
    case 'micro-time':
      return omit === 'zero' && writeScalar(node, type) === 'null';
    case 'pointer':
      return absent;
    default:
      return absent || EMPTY.has(write(node, type, 0));
  }
}

const EMPTY = new Set(['""', '0', 'false', '[]', '{}', 'null']);

type Leaf = Exclude<Type, { readonly kind: 'pointer' | 'struct' | 'slice' | 'map' }>;

function writeScalar(node: Tree | undefined, type: Leaf): string {
  switch (type.kind) {
    case 'string':
      return node?.type === 'string' ? JSON.stringify(node.value) : '""';
    case 'bool':
      return node?.type === 'boolean' ? String(node.value) : 'false';
    case 'bytes':
      return writeBytes(node);
    case 'quantity':
      return JSON.stringify((node && canonicalQuantity(node)) ?? '0');
    case 'int-or-string':
      return node?.type === 'string' ? JSON.stringify(node.value) : writeNumber(node);
    case 'time':
    case 'micro-time':
      return writeTime(node, type.kind === 'micro-time');
    case 'any':
    case 'raw':
    case 'fields':
      return node === undefined ? 'null' : rawJson(node);
    default:
      return writeNumber(node);
  }
}

function writeNumber(node: Tree | undefined): string {
  if (node?.type !== 'number') return '0';
  return node.literal === '-0' ? '0' : node.literal;
}

function writeBytes(node: Tree | undefined): string {
  if (node?.type === 'list') {
    return JSON.stringify(encodeBase64(node.items.map((item) => (item.type === 'number' ? Number(item.literal) : 0))));
  }
  if (node?.type !== 'string') return 'null';
  const result = decodeBase64(node.value);
  return JSON.stringify('bytes' in result ? encodeBase64(result.bytes) : '');
}

function writeTime(node: Tree | undefined, micro: boolean): string {
  if (node?.type !== 'string') return 'null';
  const result = parseTime(node.value, micro);
  if ('error' in result) return 'null';
  const text = formatTime(result.seconds, result.micros, micro);
  return text === undefined ? 'null' : JSON.stringify(text);
}

/** A tree as JSON text, repeated keys and the spelling of numbers kept. */
export function rawJson(node: Tree): string {
  switch (node.type) {
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
      return node.literal;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'list':
      return `[${node.items.map(rawJson).join(',')}]`;
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${rawJson(value)}`).join(',')}}`;
  }
}
