import type { Span } from '../../../text/tree.ts';
import { newNode, type Cause, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { resolvePlain } from '../../../text/yaml/resolve/resolve-scalar.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { demandKind, getField, isNullOrMissing, isTextNode, keyIndex } from './fields.ts';

/* Changes of nodes, as kyaml makes them (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/fns.go and rnode.go). */

/** Where what a transformer writes comes from; nothing of the build's own that goes into no output. */
export const NOWHERE: Span = { start: -1, end: -1 };

export function scalarNode(value: string, tag: string, span: Span): YamlNode {
  const node = newNode('scalar', span);
  node.value = value;
  node.tag = tag;
  return node;
}

/** A scalar that is text, in a style that fits it. */
export function textNode(value: string, span: Span): YamlNode {
  const node = scalarNode(value, '!!str', span);
  if (value.includes('\n')) node.style = 'literal';
  return node;
}

/** Makes `target` what `source` is, in place: everything that holds it sees the change. */
export function become(target: YamlNode, source: YamlNode): void {
  Object.assign(target, source);
}

/** Says that something made a node what it is, once. */
export function addCause(node: YamlNode, cause: Cause): void {
  const { by, start, end } = cause;
  const isKnown = node.causes.some((each) => each.by === by && each.start === start && each.end === end);
  if (!isKnown) node.causes = [...node.causes, cause];
}

/** Text that YAML 1.1 would read as something else is put in quotes. */
function quoteIfNeeded(node: YamlNode): void {
  if (!isTextNode(node) || node.style !== '' || node.value === '' || node.value.includes('\n')) return;
  if (typeof resolvePlain(node.value) !== 'string') node.style = 'double';
}

/** Replaces a scalar, keeping its style. */
export function replaceScalar(node: YamlNode, value: YamlNode): void {
  const written = { ...value };
  quoteIfNeeded(written);
  demandKind(node, 'scalar');
  if (isNullOrMissing(written)) return;
  written.style = node.style;
  become(node, written);
}

/** Sets a field of a map; a missing or null value clears it. Answers the node that holds the value now. */
export function setField(
  map: YamlNode,
  name: string,
  value: YamlNode | undefined,
  keySpan: Span = value ?? NOWHERE,
  keep = false,
): YamlNode | undefined {
  if (value !== undefined) quoteIfNeeded(value);
  // A field without a name is the node itself, which would have to be a scalar.
  if (name === '') demandKind(map, 'scalar');
  if (value === undefined || (value.tag === '!!null' && !keep)) {
    clearField(map, name);
    return undefined;
  }
  const old = getField(map, name);
  if (old !== undefined) {
    value.style = old.style;
    become(old, value);
    return old;
  }
  map.content.push(scalarNode(name, '', keySpan), value);
  return value;
}

export function clearField(map: YamlNode, name: string): void {
  demandKind(map, 'map');
  const index = keyIndex(map, name);
  if (index >= 0) map.content = map.content.toSpliced(index, 2);
}

/** The value at a path of field names; with `create`, missing maps and a last node of that kind are made there. */
export function lookup(
  root: YamlNode | undefined,
  path: readonly string[],
  create?: YamlNode['kind'],
  span: Span = NOWHERE,
): YamlNode | undefined {
  let node = root;
  for (const [depth, name] of path.entries()) {
    if (node === undefined) return undefined;
    let next = getField(node, name);
    if (next === undefined && create !== undefined) {
      next = newNode(depth === path.length - 1 ? create : 'map', span);
      node.content.push(scalarNode(name, '', span), next);
    }
    node = next;
  }
  return node;
}

/** Rewrites `metadata.labels` or `metadata.annotations` as sorted texts; texts that stay keep their places. */
export function setMetadataTexts(
  root: YamlNode,
  name: 'labels' | 'annotations',
  texts: ReadonlyMap<string, string>,
): void {
  const metadata = lookup(root, ['metadata'], 'map');
  if (metadata === undefined) return;
  const old = getField(metadata, name);
  clearField(metadata, name);
  if (texts.size === 0) return;
  const map = newNode('map', old ?? NOWHERE);
  const keys = [...texts.keys()].sort(compareBytes);
  if (keys[0] === '') demandKind(map, 'scalar');
  for (const key of keys) {
    const value = texts.get(key) ?? '';
    const index = old?.kind === 'map' ? keyIndex(old, key) : -1;
    const [oldKey, oldValue] = index < 0 ? [] : (old?.content.slice(index, index + 2) ?? []);
    const node = textNode(value, oldValue ?? NOWHERE);
    node.causes = oldValue?.causes ?? [];
    quoteIfNeeded(node);
    map.content.push(scalarNode(key, '', oldKey ?? NOWHERE), node);
  }
  metadata.content.push(scalarNode(name, '', old ?? NOWHERE), map);
}
