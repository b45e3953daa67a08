import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Span } from '../../../text/tree.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { scalarNode } from '../node/edit.ts';
import { field, getField } from '../node/fields.ts';
import { splitPath } from '../node/paths.ts';
import { parseGroupVersion, type Gvk } from '../resource/res-id.ts';

/** A place in objects of some kinds that a transformer changes. */
export interface FieldSpec extends Gvk {
  /** Field names between slashes; `[]` behind one says that it is a list. */
  readonly path: string;
  /** The path taken apart. */
  readonly parts: readonly string[];
  readonly create: boolean;
}

const ANY_KIND: Gvk = { group: '', version: '', kind: '' };

/** A place in objects of a kind, or in all. */
export function fieldSpec(path: string, create: boolean, { group, version, kind } = ANY_KIND): FieldSpec {
  return { group, version, kind, path, parts: splitPath(path, '/'), create };
}

/** A kind of object and the places that refer to it by name. */
export interface NameReference extends Gvk {
  readonly referrers: readonly FieldSpec[];
}

/** What is made of a field that is missing. */
export interface Creation {
  readonly kind: YamlNode['kind'];
  readonly tag: string;
  /** What asked for it. */
  readonly span: Span;
}

/**
 * Applies `set` to the fields at a place, if the object is of its kind (mirrors kustomize api v0.21.2, filters/fieldspec): lists on the way
 * are gone through, missing fields are made where the spec says so and `creation` says how.
 */
export function visitFields(root: YamlNode, spec: FieldSpec, set: (node: YamlNode) => void, creation?: Creation): void {
  if (isOfKind(root, spec)) visitPlace(root, spec, set, creation);
}

/** The same for an object that is known to be of the kind. */
export function visitPlace(root: YamlNode, spec: FieldSpec, set: (node: YamlNode) => void, creation?: Creation): void {
  const { path, parts, create } = spec;
  within(
    undefined,
    () => `considering field '${path}' of object: `,
    () => {
      visit(root, parts, 0, create ? creation : undefined, set);
    },
  );
}

function isOfKind(root: YamlNode, { group, version, kind }: Gvk): boolean {
  if (kind !== '' && kind !== (field(root, 'kind')?.value ?? '')) return false;
  const actual = parseGroupVersion(field(root, 'apiVersion')?.value ?? '');
  return (group === '' || group === actual.group) && (version === '' || version === actual.version);
}

/** `at`: how much of the path led to the node. */
function visit(
  node: YamlNode,
  path: readonly string[],
  at: number,
  creation: Creation | undefined,
  set: (node: YamlNode) => void,
): void {
  const first = path[at];
  if (first === undefined) {
    set(node);
    return;
  }
  if (node.tag === '!!null') return;
  if (node.kind === 'list') for (const item of node.content) visit(item, path, at, creation, set);
  else if (node.kind === 'map') visitMap(node, first, path, at + 1, creation, set);
  else throw new KustomizeFailure('expected sequence or mapping node', node);
}

function visitMap(
  map: YamlNode,
  first: string,
  path: readonly string[],
  at: number,
  creation: Creation | undefined,
  set: (node: YamlNode) => void,
): void {
  const isList = first.endsWith('[]');
  const name = isList ? first.slice(0, -2) : first;
  if (name === '') throw new KustomizeFailure('cannot set or create an empty field name');
  // Field names are trimmed when they are looked up, and those that are nothing then are passed over.
  const trimmed = name.trim();
  let found = trimmed === '' ? map : getField(map, trimmed);
  const made =
    isList || creation === undefined
      ? undefined
      : at === path.length
        ? creation
        : { ...creation, kind: 'map' as const, tag: '!!map' };
  if (found === undefined && made !== undefined) {
    found = newNode(made.kind, made.span);
    map.content.push(scalarNode(trimmed, '', made.span), found);
  }
  if (found === undefined) return;
  if (found.tag === '!!null' && (made !== undefined || isList)) {
    found.kind = made?.kind ?? 'list';
    found.tag = made?.tag ?? '';
    if (found.kind !== 'scalar') found.value = '';
  }
  visit(found, path, at, creation, set);
}
