import { sha256 } from '../../../lang/sha256.ts';
import type { NodeStyle, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { addCause } from '../node/edit.ts';
import { field, getField, metadataOf } from '../node/fields.ts';
import { goJson, goString } from '../node/go-json.ts';
import {
  isEnabled,
  kindOf,
  nameOf,
  NEEDS_HASH,
  setName,
  storePreviousId,
  type Resource,
} from '../resource/resource.ts';

/** Puts the hash of their content behind the names of objects that want it (mirrors kustomize api v0.21.2, hasher/hasher.go). */
export function addHashes(items: readonly Resource[]): void {
  for (const item of items) {
    if (!isEnabled(item, NEEDS_HASH)) continue;
    const hash = contentHash(item);
    storePreviousId(item);
    setName(item, `${nameOf(item)}-${hash}`);
    const name = field(metadataOf(item.root), 'name');
    if (name !== undefined) addCause(name, { by: 'hash', start: item.root.start, end: item.root.end });
  }
}

function contentHash(resource: Resource): string {
  const { root } = resource;
  const kind = kindOf(resource);
  if (kind !== 'ConfigMap' && kind !== 'Secret') return encode(nodeJson(root));
  const isSecret = kind === 'Secret';
  const parts = [
    ...optional(root, isSecret ? undefined : 'binaryData'),
    `"data":${valueJson(getField(root, 'data'))}`,
    `"kind":${goString(isSecret ? 'Secret' : 'ConfigMap')}`,
    // The name is looked up under a field called `metadata/name`, and so is always empty.
    '"name":""',
    ...optional(root, isSecret ? 'stringData' : undefined),
    ...(isSecret ? [`"type":${valueJson(getField(root, 'type'))}`] : []),
  ];
  return encode(`{${parts.join(',')}}`);
}

function encode(text: string): string {
  return sha256(new TextEncoder().encode(text))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => DIGITS[digit] ?? digit);
}

/** Letters that do not spell words. */
const DIGITS: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

function optional(root: YamlNode, name: string | undefined): string[] {
  const value = name === undefined ? undefined : getField(root, name);
  return name === undefined || value === undefined || value.kind === 'scalar' ? [] : [`"${name}":${goJson(value)}`];
}

function valueJson(value: YamlNode | undefined): string {
  if (value === undefined) return '""';
  return value.kind === 'scalar' ? goString(value.value) : goJson(value);
}

const KINDS = { list: 2, map: 4, scalar: 8, alias: 16 } as const;
const STYLES: Readonly<Record<NodeStyle, number>> = { '': 0, double: 2, single: 4, literal: 8, folded: 16, flow: 32 };

/** A node as Go writes the struct that holds it: of an object that became another kind, that is what the hash covers. */
function nodeJson(node: YamlNode): string {
  const content = node.content.length === 0 ? 'null' : `[${node.content.map(nodeJson).join(',')}]`;
  const fields = [
    `"Kind":${KINDS[node.kind]}`,
    `"Style":${STYLES[node.style] + (node.tagged ? 1 : 0)}`,
    `"Tag":${goString(node.tag)}`,
    `"Value":${goString(node.value)}`,
    '"Anchor":"","Alias":null',
    `"Content":${content}`,
    `"HeadComment":${goString(node.headComment)}`,
    `"LineComment":${goString(node.lineComment)}`,
    '"FootComment":""',
    `"Line":${node.line}`,
    `"Column":${node.column}`,
  ];
  return `{${fields.join(',')}}`;
}
