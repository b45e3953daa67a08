import { copyNode, newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { compareBytes } from '../../../lang/byte-order.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { clearField, scalarNode, setField, setMetadataTexts, textNode } from '../node/edit.ts';
import { field, getField, isNullOrMissing, metadataOf, metadataTexts, pairs, textOf } from '../node/fields.ts';
import {
  annotationOf,
  apiVersionText,
  BEHAVIOR,
  BUILD_ANNOTATIONS,
  currentId,
  kindOf,
  NEEDS_HASH,
  nameOf,
  ORIGIN,
  namespaceOf,
  setAnnotation,
  setName,
  setNamespace,
  type Resource,
} from '../resource/resource.ts';
import { isSameId, printId } from '../resource/res-id.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { foldedBase64 } from './generator.ts';

/** Adds what a generator made: as an object of its own, or into the one that is there (mirrors kustomize api v0.21.2, resmap/reswrangler.go). */
export function absorb(list: ResourceList, made: Resource): void {
  const id = currentId(made);
  const behavior = annotationOf(made, BEHAVIOR) ?? '';
  const matches = list.withAnyId(id.name, (each) => isSameId(each, id));
  const [old] = matches;
  const wantsOld = behavior === 'merge' || behavior === 'replace';
  if (old === undefined) {
    if (wantsOld) throw new KustomizeFailure(`id ${printId(id)} does not exist; cannot merge or replace`, made.root);
    list.append([made]);
    return;
  }
  if (matches.length > 1) {
    throw new KustomizeFailure(`found multiple objects that could accept merge of ${printId(id)}`, made.root);
  }
  if (!wantsOld) {
    throw new KustomizeFailure(
      `id ${printId(id)} exists; can not use behavior: '${behavior}', behavior must be merge or replace`,
      made.root,
    );
  }
  const origin = annotationOf(old, ORIGIN);
  copyMetadata(made, old);
  if (behavior === 'merge') {
    if (origin !== undefined) setAnnotation(made.root, ORIGIN, origin);
    const isSecret = apiVersionText(made) === 'v1' && kindOf(made) === 'Secret';
    const source = isSecret ? withoutStringData(old.root) : old.root;
    mergeData(made.root, source, 'data');
    mergeData(made.root, old.root, 'binaryData');
  }
  list.items = list.items.map((each) => (each === old ? made : each));
}

/** Name, namespace, labels and annotations of the other, with its own labels and annotations on top; of the build's notes only the other's. */
export function copyMetadata(resource: Resource, other: Resource): void {
  const { root } = resource;
  const own = metadataNodes(root);
  const theirs = metadataNodes(other.root);
  setMetadataTexts(root, 'labels', new Map([...metadataTexts(other.root, 'labels'), ...metadataTexts(root, 'labels')]));
  const annotations = metadataTexts(root, 'annotations');
  const needsHash = annotations.has(NEEDS_HASH);
  const notes = metadataTexts(other.root, 'annotations');
  const merged = new Map([...notes, ...annotations]);
  for (const name of BUILD_ANNOTATIONS) {
    const note = notes.get(name);
    if (note === undefined) merged.delete(name);
    else merged.set(name, note);
  }
  if (!needsHash) merged.delete(NEEDS_HASH);
  setMetadataTexts(root, 'annotations', merged);
  adoptPlaces(root, [...theirs, ...own]);
  const metadata = metadataOf(other.root);
  setName(resource, nameOf(other), field(metadata, 'name'));
  setNamespace(resource, namespaceOf(other), field(metadata, 'namespace'));
  resource.vars.splice(0, resource.vars.length, ...other.vars);
}

type Placed = readonly [where: string, key: string, keyNode: YamlNode, value: YamlNode];

function metadataNodes(root: YamlNode): Placed[] {
  const metadata = metadataOf(root);
  return ['labels', 'annotations'].flatMap((where) =>
    pairs(field(metadata, where)).map(([key, value]): Placed => [where, key.value, copyNode(key), copyNode(value)]),
  );
}

/** Gives labels and annotations that were written anew the places of those that they were copied from; the last that fits counts. */
function adoptPlaces(root: YamlNode, nodes: readonly Placed[]): void {
  const metadata = metadataOf(root);
  for (const where of ['labels', 'annotations']) {
    for (const [key, value] of pairs(field(metadata, where))) {
      const from = nodes.findLast(
        (each) => each[0] === where && each[1] === key.value && each[3].value === value.value,
      );
      if (from === undefined) continue;
      for (const [node, source] of [
        [key, from[2]],
        [value, from[3]],
      ] as const) {
        node.start = source.start;
        node.end = source.end;
        node.causes = source.causes;
      }
    }
  }
}

/** Writes the entries of both as texts, sorted; those of `root` win. */
function mergeData(root: YamlNode, other: YamlNode, name: 'data' | 'binaryData'): void {
  const entries = new Map<string, readonly [YamlNode, YamlNode]>();
  for (const source of [other, root]) {
    for (const entry of pairs(getField(source, name))) entries.set(textOf(entry[0]), entry);
  }
  const place = getField(root, name) ?? getField(other, name);
  clearField(root, name);
  if (entries.size === 0 || place === undefined) return;
  const map = newNode('map', place);
  for (const [key, [keyNode, value]] of [...entries].sort(([left], [right]) => compareBytes(left, right))) {
    const node = textNode(textOf(value), value);
    node.causes = value.causes;
    setField(map, key, node, keyNode);
  }
  root.content.push(scalarNode(name, '', place), map);
}

/** A copy in which `stringData` is data. */
function withoutStringData(secret: YamlNode): YamlNode {
  const root = copyNode(secret);
  const stringData = getField(root, 'stringData');
  if (!isNullOrMissing(stringData)) {
    const data = getField(root, 'data') ?? newNode('map', stringData);
    if (getField(root, 'data') === undefined) root.content.push(scalarNode('data', '', stringData), data);
    for (const [key, value] of pairs(stringData)) {
      if (value.kind !== 'scalar') {
        throw new KustomizeFailure(
          `failed to normalize stringData: value for key "${key.value}" must be a scalar`,
          value,
        );
      }
      const node = textNode(foldedBase64(new TextEncoder().encode(textOf(value))), value);
      node.causes = [{ by: 'stringData', start: value.start, end: value.end }];
      setField(data, key.value, node, key);
    }
  }
  clearField(root, 'stringData');
  return root;
}
