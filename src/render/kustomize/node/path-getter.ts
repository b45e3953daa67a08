import { newNode, type Cause, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { addCause, scalarNode } from './edit.ts';
import { findElement } from './elements.ts';
import { demandKind, getField } from './fields.ts';
import { isIndexNumber, isListIndex } from './paths.ts';

/** What to make of fields that are missing on a path. */
export interface PathCreation {
  readonly kind: YamlNode['kind'];
  readonly cause: Cause;
}

/** The kind that a node on a path must have for the part behind it to make sense. */
export function kindBefore(next: string | undefined, last: YamlNode['kind']): YamlNode['kind'] {
  if (next === undefined || next === '') return last;
  return isListIndex(next) || isIndexNumber(next) ? 'list' : 'map';
}

/** `[name=value]` taken apart. */
export function listIndexOf(part: string): readonly [name: string, value: string] {
  const inside = part.replace(/\]$/, '').replace(/^\[/, '');
  const at = inside.indexOf('=');
  if (at < 0) throw new KustomizeFailure('list path element must contain fieldName=fieldValue for element to match');
  return [inside.slice(0, at), inside.slice(at + 1)];
}

/** The node at a path of fields, indexes, `-` and `[name=value]` (mirrors sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/fns.go, `PathGetter`). */
export function lookupPath(
  root: YamlNode | undefined,
  path: readonly string[],
  creation?: PathCreation,
): YamlNode | undefined {
  const parts = path.map((part) => part.trim()).filter((part) => part !== '');
  let node = root;
  for (const [depth, part] of parts.entries()) {
    if (node === undefined) return undefined;
    node = step(node, part, parts[depth + 1], creation);
  }
  return node;
}

function step(
  node: YamlNode,
  part: string,
  next: string | undefined,
  creation: PathCreation | undefined,
): YamlNode | undefined {
  if (/^[-+]?\d+$/.test(part) || part === '-') {
    if (/^-\d*[1-9]/.test(part)) throw new KustomizeFailure(`array index ${part} cannot be negative`);
    demandKind(node, 'list');
    if (part === '-' && node.content.length === 0) {
      throw new KustomizeFailure('panic: runtime error: index out of range [-1]');
    }
    return part === '-' ? node.content.at(-1) : node.content[Number(part)];
  }
  if (part === '*') throw new KustomizeFailure('wildcard is not supported in PathGetter');
  if (isListIndex(part)) {
    const [name, value] = listIndexOf(part);
    demandKind(node, 'list');
    const found = findElement(node, [name], [value]);
    if (found !== undefined || creation === undefined) return found;
    const item = name === '' ? scalarNode(value, '', creation.cause) : itemWith(name, value, creation.cause);
    node.content.push(item);
    return item;
  }
  const found = getField(node, part);
  if (found !== undefined || creation === undefined || node.tag === '!!null') return found;
  const made = newNode(kindBefore(next, creation.kind), creation.cause);
  node.content.push(scalarNode(part, '', creation.cause), made);
  return made;
}

/** A map with one field, which tells it apart in a list. */
export function itemWith(name: string, value: string, cause: Cause): YamlNode {
  const map = newNode('map', cause);
  const node = scalarNode(value, '', cause);
  addCause(node, cause);
  map.content.push(scalarNode(name, '', cause), node);
  return map;
}
