import { decodeBase64, isPlainBase64 } from '../../lang/base64.ts';
import { compareBytes } from '../../lang/byte-order.ts';
import { parseTime } from '../../lang/time.ts';
import type { Entry, FieldPath, ListNode, MapNode, Tree } from '../../text/tree.ts';
import { fitsInteger } from '../numbers.ts';
import { quantityFault } from '../quantity-value.ts';
import { fieldOf } from './type.ts';
import type { Struct, Type } from './type.ts';

/** A place where a tree does not fit its type. `path` ends with the field or index itself. */
export type Fault = UnknownFieldFault | DuplicateFieldFault | WrongTypeFault;

export interface UnknownFieldFault {
  readonly kind: 'unknown-field';
  readonly path: FieldPath;
  readonly entry: Entry;
  readonly struct: Struct;
}

export interface DuplicateFieldFault {
  readonly kind: 'duplicate-field';
  readonly path: FieldPath;
  readonly entry: Entry;
}

export interface WrongTypeFault {
  readonly kind: 'wrong-type';
  readonly path: FieldPath;
  readonly node: Tree;
  readonly type: Type;
  /** What the value is, as Go says it: `string`, `number`, `number 1.5`, `bool`, `array`, `object`. */
  readonly got: string;
  /** Where a value is of the right type but its text is wrong: the parser's own error. */
  readonly error?: string;
  /** Whether decoding ends here: types that decode themselves return their error at once, all others go on to the end. */
  readonly fatal: boolean;
}

export interface FaultOptions {
  readonly minor: number;
  /** JSON text: keys may repeat. */
  readonly duplicates: boolean;
  /** Meet keys in byte order, as the server does with YAML that it turned into JSON. */
  readonly sorted: boolean;
}

/**
 * Walks a tree beside its type and reports every fault, in the order the server's decoder meets them; `report` returns false to
 * stop. Builds nothing. Mirrors sigs.k8s.io/json, internal/golang/encoding/json/decode.go, with its strict options.
 */
export function findFaults(root: Tree, type: Type, options: FaultOptions, report: (fault: Fault) => boolean): void {
  walk({ ...options, report, path: [], stopped: false }, root, type);
}

interface Walk extends FaultOptions {
  readonly report: (fault: Fault) => boolean;
  readonly path: (string | number)[];
  stopped: boolean;
}

function walk(state: Walk, node: Tree, declared: Type): void {
  if (node.type === 'null') return;
  const type = declared.kind === 'pointer' ? declared.to : declared;
  switch (type.kind) {
    case 'struct':
      if (node.type === 'map') walkStruct(state, node, type.resolve());
      else wrongType(state, node, type);
      return;
    case 'slice':
      if (node.type === 'list') walkItems(state, node, type.of);
      else wrongType(state, node, type);
      return;
    case 'map':
      if (node.type === 'map') walkMap(state, node, type.of);
      else wrongType(state, node, type);
      return;
    case 'string':
      if (node.type !== 'string') wrongType(state, node, type);
      return;
    case 'bool':
      if (node.type !== 'boolean') wrongType(state, node, type);
      return;
    case 'any':
      walkAny(state, node, type);
      return;
    case 'bytes':
      walkBytes(state, node, type);
      return;
    case 'int32':
    case 'int64':
    case 'int':
    case 'uint8':
    case 'float64':
      if (node.type !== 'number') wrongType(state, node, type);
      else if (!fitsNumber(node.literal, type.kind)) wrongType(state, node, type, `number ${node.literal}`);
      return;
    default:
      walkCustom(state, node, type);
  }
}

function fitsNumber(literal: string, kind: 'int32' | 'int64' | 'int' | 'uint8' | 'float64'): boolean {
  return kind === 'float64' ? Number.isFinite(Number(literal)) : fitsInteger(literal, kind);
}

function walkStruct(state: Walk, node: MapNode, struct: Struct): void {
  const seen = state.duplicates ? new Set<string>() : undefined;
  for (const entry of entriesOf(state, node)) {
    const { key, value } = entry;
    const field = fieldOf(struct, key, state.minor);
    if (field === undefined) {
      if (!struct.open) fault(state, { kind: 'unknown-field', path: [...state.path, key], entry, struct });
    } else {
      if (seen !== undefined) noteDuplicate(state, seen, entry);
      if (!fitsAtOnce(value, field.type)) step(state, key, value, field.type);
    }
    if (state.stopped) return;
  }
}

function walkMap(state: Walk, node: MapNode, of: Type): void {
  const seen = state.duplicates ? new Set<string>() : undefined;
  for (const entry of entriesOf(state, node)) {
    if (seen !== undefined) noteDuplicate(state, seen, entry);
    if (!fitsAtOnce(entry.value, of)) step(state, entry.key, entry.value, of);
    if (state.stopped) return;
  }
}

function walkItems(state: Walk, node: ListNode, of: Type): void {
  let index = 0;
  for (const item of node.items) {
    if (!fitsAtOnce(item, of)) step(state, index, item, of);
    if (state.stopped) return;
    index++;
  }
}

/** Whether a value plainly fits: the most common ones need no step down. */
function fitsAtOnce(value: Tree, type: Type): boolean {
  const { kind } = type.kind === 'pointer' ? type.to : type;
  switch (value.type) {
    case 'string':
      return kind === 'string' || kind === 'int-or-string';
    case 'boolean':
      return kind === 'bool';
    case 'null':
      return true;
    default:
      return false;
  }
}

function step(state: Walk, segment: string | number, value: Tree, type: Type): void {
  state.path.push(segment);
  walk(state, value, type);
  state.path.pop();
}

function entriesOf(state: Walk, node: MapNode): readonly Entry[] {
  return state.sorted ? node.entries.toSorted((a, b) => compareBytes(a.key, b.key)) : node.entries;
}

function noteDuplicate(state: Walk, seen: Set<string>, entry: Entry): void {
  if (seen.has(entry.key)) fault(state, { kind: 'duplicate-field', path: [...state.path, entry.key], entry });
  else seen.add(entry.key);
}

/** An untyped value: only its numbers can be wrong and its keys repeat. */
function walkAny(state: Walk, node: Tree, type: Type): void {
  if (node.type === 'map') walkMap(state, node, type);
  else if (node.type === 'list') walkItems(state, node, type);
  else if (node.type === 'number' && !fitsNumber(node.literal, 'float64')) {
    wrongType(state, node, FLOAT, `number ${node.literal}`);
  }
}

const FLOAT: Type = { kind: 'float64', name: '' };
const BYTE: Type = { kind: 'uint8', name: '' };
const INT32: Type = { kind: 'int32', name: '' };
const STRING: Type = { kind: 'string', name: '' };

function walkBytes(state: Walk, node: Tree, type: Type): void {
  if (node.type === 'list') walkItems(state, node, BYTE);
  else if (node.type === 'string') {
    if (isPlainBase64(node.value)) return;
    const result = decodeBase64(node.value);
    if ('corruptAt' in result) {
      textFault(state, node, type, `illegal base64 data at input byte ${result.corruptAt}`, false);
    }
  } else wrongType(state, node, type);
}

function walkCustom(state: Walk, node: Tree, type: Type): void {
  switch (type.kind) {
    case 'quantity': {
      const error = quantityFault(node);
      if (error !== undefined) textFault(state, node, type, error, true);
      return;
    }
    case 'int-or-string':
      if (node.type === 'number') {
        if (!fitsInteger(node.literal, 'int32')) wrongType(state, node, INT32, `number ${node.literal}`, true);
      } else if (node.type !== 'string') wrongType(state, node, INT32, describe(node), true);
      return;
    case 'time':
    case 'micro-time':
      if (node.type === 'string') {
        const result = parseTime(node.value, type.kind === 'micro-time');
        if ('error' in result) textFault(state, node, type, result.error, true);
      } else wrongType(state, node, STRING, describe(node), true);
      return;
    default:
    // Raw values may be anything.
  }
}

function describe(node: Tree): string {
  switch (node.type) {
    case 'list':
      return 'array';
    case 'map':
      return 'object';
    case 'boolean':
      return 'bool';
    default:
      return node.type;
  }
}

function wrongType(state: Walk, node: Tree, type: Type, got = describe(node), fatal = false): void {
  fault(state, { kind: 'wrong-type', path: [...state.path], node, type, got, fatal });
}

function textFault(state: Walk, node: Tree, type: Type, error: string, fatal: boolean): void {
  fault(state, { kind: 'wrong-type', path: [...state.path], node, type, got: describe(node), error, fatal });
}

function fault(state: Walk, found: Fault): void {
  if (!state.report(found)) state.stopped = true;
}
