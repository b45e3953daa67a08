import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';

/*
 * Questions to nodes, with the answers of kyaml's RNode (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/rnode.go and fns.go): a node with the
 * tag of null counts as missing wherever one is looked up.
 */

export function isNullOrMissing(node: YamlNode | undefined): node is undefined {
  return node === undefined || node.tag === '!!null';
}

export function isEmptyNode(node: YamlNode | undefined): boolean {
  if (node === undefined || node.tag === '!!null') return true;
  return (node.kind === 'map' || node.kind === 'list') && node.content.length === 0;
}

/** Fails unless the node is of this kind or missing. */
export function demandKind(node: YamlNode | undefined, kind: YamlNode['kind']): void {
  if (node === undefined || node.tag === '!!null' || node.kind === kind) return;
  throw new KustomizeFailure(`wrong node kind: expected ${NAMES[kind]} but got ${NAMES[node.kind]}`);
}

const NAMES = { scalar: 'ScalarNode', map: 'MappingNode', list: 'SequenceNode', alias: 'AliasNode' } as const;

/** The index in `content` of the first key with this text; -1 without one. */
export function keyIndex(map: YamlNode, name: string): number {
  const { content } = map;
  for (let index = 0; index < content.length; index += 2) if (content[index]?.value === name) return index;
  return -1;
}

/** The value of a key, null or not. */
export function field(map: YamlNode | undefined, name: string): YamlNode | undefined {
  if (map?.kind !== 'map') return undefined;
  const index = keyIndex(map, name);
  return index < 0 ? undefined : map.content[index + 1];
}

/** The value of a key of what must be a map; undefined in a missing one. */
export function getField(map: YamlNode | undefined, name: string): YamlNode | undefined {
  if (isNullOrMissing(map)) return undefined;
  demandKind(map, 'map');
  return field(map, name);
}

/** Keys and values of a map in order; of what is no map, none. */
export function pairs(map: YamlNode | undefined): (readonly [key: YamlNode, value: YamlNode])[] {
  const found: (readonly [YamlNode, YamlNode])[] = [];
  if (map?.kind !== 'map') return found;
  for (let index = 0; index + 1 < map.content.length; index += 2) {
    const key = map.content[index];
    const value = map.content[index + 1];
    if (key !== undefined && value !== undefined) found.push([key, value]);
  }
  return found;
}

/** The text of a scalar; '' for what is missing or null. */
export function textOf(node: YamlNode | undefined): string {
  return isNullOrMissing(node) ? '' : node.value;
}

/** The text of `metadata.FIELD`. */
export function metadataText(root: YamlNode, name: string): string {
  const value = field(metadataOf(root), name);
  return isEmptyNode(value) ? '' : (value?.value ?? '');
}

export function metadataOf(root: YamlNode): YamlNode | undefined {
  const metadata = field(root, 'metadata');
  return isEmptyNode(metadata) ? undefined : metadata;
}

/** `metadata.labels` or `metadata.annotations` as texts, of values that are no scalars the empty one. */
export function metadataTexts(root: YamlNode, name: 'labels' | 'annotations'): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of pairs(field(metadataOf(root), name))) {
    if (!texts.has(key.value)) texts.set(key.value, value.value);
  }
  return texts;
}

/** Whether a scalar is text, or nobody has said what it is. */
export function isTextNode(node: YamlNode): boolean {
  return node.kind === 'scalar' && (node.tag === '!!str' || node.tag === '');
}
