import type { Span } from '../../../text/tree.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { pairs } from '../node/fields.ts';
import { lookupPath } from '../node/path-getter.ts';
import { splitFieldPath } from '../node/paths.ts';
import { scalarValue } from '../node/values.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Fields } from '../read/decode.ts';
import { effectiveNamespace, parseGroupVersion, type ResId } from '../resource/res-id.ts';
import type { Resource } from '../resource/resource.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import type { VarValue } from '../transform/vars.ts';

/** A var that a kustomization defines. */
export interface Var {
  readonly name: string;
  readonly fieldPath: string;
  readonly span: Span;
}

/** Adds the vars of a kustomization, and notes on the objects that they are read from (mirrors internal/accumulator/resaccumulator.go, `MergeVars`). */
export function noteVars(
  into: { readonly list: ResourceList; readonly vars: Map<string, Var> },
  vars: readonly Fields[],
): void {
  for (const each of vars) {
    const id = objectOf(each);
    const matched = into.list.withAnyId(id.name, (other) => isSameObject(other, id));
    const [first] = matched;
    if (matched.length > 1) {
      throw new KustomizeFailure(
        `found ${matched.length} resId matches for var ${each.text('name')} (unable to disambiguate)`,
        each.span,
      );
    }
    first?.vars.push(each.text('name'));
  }
  for (const each of vars) {
    const name = each.text('name');
    if (into.vars.has(name)) throw new KustomizeFailure(`var '${name}' already encountered`, each.span);
    const fieldPath = each.fields('fieldref')?.text('fieldPath') ?? '';
    into.vars.set(name, { name, fieldPath: fieldPath === '' ? 'metadata.name' : fieldPath, span: each.span });
  }
}

function objectOf(definition: Fields): ResId {
  const reference = definition.fields('objref');
  const text = (name: string): string => reference?.text(name) ?? '';
  const apiVersion = text('apiVersion');
  const parts = apiVersion.split('/');
  const written = { group: text('group'), version: text('version') };
  const [version = ''] = parts;
  const groupVersion =
    apiVersion === '' || parts.length > 2
      ? written
      : parts.length === 2
        ? parseGroupVersion(apiVersion)
        : { ...written, version };
  return {
    ...groupVersion,
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
    isClusterScoped: false,
  };
}

function isSameObject(other: ResId, id: ResId): boolean {
  const isSame = other.group === id.group && other.version === id.version && other.kind === id.kind;
  return isSame && (id.namespace === '' || effectiveNamespace(id) === effectiveNamespace(other));
}

/** The values of all vars, by name in order; fails for one without. */
export function valuesOf(items: readonly Resource[], vars: ReadonlyMap<string, Var>): Map<string, VarValue> {
  const values = new Map<string, VarValue>();
  for (const [name, definition] of [...vars].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const item = items.find((each) => each.vars.includes(name));
    if (item === undefined) {
      throw new KustomizeFailure(
        `var '${name}' cannot be mapped to a field in the set of known resources`,
        definition.span,
      );
    }
    values.set(name, valueOf(item, definition));
  }
  return values;
}

function valueOf(item: Resource, definition: Var): VarValue {
  const node = find(item, definition.fieldPath);
  const value = node === undefined ? undefined : convert(node);
  if (node === undefined || value === undefined) {
    const message = `field specified in var '${definition.name}' not found in corresponding resource`;
    throw new KustomizeFailure(message, definition.span);
  }
  return { ...value, from: [definition.span, { start: node.start, end: node.end }, ...node.causes] };
}

/** The node at a path whose indexes may stand in brackets behind a name. */
function find(item: Resource, path: string): YamlNode | undefined {
  const parts = splitFieldPath(path).flatMap((part) => {
    const index = /^(.*)\[(\d+)\]$/s.exec(part);
    return index === null ? [part] : [index[1] ?? '', index[2] ?? ''].filter((each) => each !== '');
  });
  try {
    return lookupPath(item.root, parts);
  } catch (error) {
    if (error instanceof KustomizeFailure && !error.message.startsWith('panic: ')) return undefined;
    throw error;
  }
}

function convert(node: YamlNode): Omit<VarValue, 'from'> | undefined {
  if (node.kind !== 'scalar') {
    const type = node.kind === 'list' ? '[]interface {}' : 'map[string]interface {}';
    return { text: '', whole: '', tag: '!!str', bad: `bad replacement type=${type} val=${goValue(node)}` };
  }
  const { value, tag } = node;
  if (tag === '!!int') {
    if (!/^[-+]?\d+$/.test(value)) return undefined;
    const text = String(BigInt(value.replace('+', '')));
    return { text, whole: text, tag };
  }
  if (tag === '!!float') {
    if (value.trim() === '' || Number.isNaN(Number(value.replaceAll('_', '')))) return undefined;
    const number = Number(value.replaceAll('_', ''));
    return { text: goFloat(number), whole: plainFloat(number), tag };
  }
  if (tag === '!!bool') {
    const isTrue = /^(?:1|t|true)$/i.test(value);
    if (!isTrue && !/^(?:0|f|false)$/i.test(value)) return undefined;
    return { text: String(isTrue), whole: String(isTrue), tag };
  }
  return { text: value, whole: value, tag: '!!str' };
}

/** A number as Go prints it with `%v`: with an exponent from 1e21 on, and below 1e-4. */
function goFloat(value: number): string {
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude < 1e-4 || magnitude >= 1e21)) {
    return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  }
  return plainFloat(value);
}

/** A number without an exponent. */
function plainFloat(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const point = mantissa.replace('-', '').split('.')[0]?.length ?? 1;
  const place = point + Number(exponent);
  if (place <= 0) return `${sign}0.${'0'.repeat(-place)}${digits}`;
  if (place >= digits.length) return sign + digits.padEnd(place, '0');
  return `${sign}${digits.slice(0, place)}.${digits.slice(place)}`;
}

/** A value as Go prints it with `%v`. */
function goValue(node: YamlNode): string {
  if (node.kind === 'list') return `[${node.content.map(goValue).join(' ')}]`;
  if (node.kind === 'map') {
    const entries = pairs(node).map(([key, value]) => `${key.value}:${goValue(value)}`);
    return `map[${entries.sort().join(' ')}]`;
  }
  const value = scalarValue(node);
  if (value === null) return '<nil>';
  return typeof value === 'object' ? goFloatOrInteger(value.literal, value.value, value.type) : String(value);
}

function goFloatOrInteger(literal: string, value: number, type: string): string {
  return type === 'float' ? goFloat(value) : literal;
}
