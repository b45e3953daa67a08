import { copyNode, newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { clearField, lookup, NOWHERE, scalarNode, setField, setMetadataTexts, textNode } from '../node/edit.ts';
import { field, getField, isEmptyNode, metadataText, metadataTexts } from '../node/fields.ts';
import type { Span } from '../../../text/tree.ts';
import { effectiveNamespace, newResId, parseGroupVersion, type Gvk, type ResId } from './res-id.ts';

/** An object under way, changed in place. The build's notes about it are annotations, as in the real tool, since patches can see them. */
export interface Resource {
  root: YamlNode;
  /** Deleted by a patch. */
  isGone: boolean;
  /** Vars that are read from it. */
  readonly vars: string[];
}

const DOMAIN = 'internal.config.kubernetes.io';
export const PREFIXES = `${DOMAIN}/prefixes`;
export const SUFFIXES = `${DOMAIN}/suffixes`;
export const NEEDS_HASH = `${DOMAIN}/needsHashSuffix`;
export const BEHAVIOR = `${DOMAIN}/generatorBehavior`;
export const ALLOW_NAME_CHANGE = `${DOMAIN}/allowNameChange`;
export const ALLOW_KIND_CHANGE = `${DOMAIN}/allowKindChange`;
/** Where an object comes from, if the kustomization asks for it. */
export const ORIGIN = 'config.kubernetes.io/origin';
export const REFERRERS = `${DOMAIN}/refBy`;
const PREVIOUS_KINDS = `${DOMAIN}/previousKinds`;
const PREVIOUS_NAMES = `${DOMAIN}/previousNames`;
const PREVIOUS_NAMESPACES = `${DOMAIN}/previousNamespaces`;

/** The annotations that no output keeps (mirrors sigs.k8s.io/kustomize/api v0.21.2, resource/resource.go, BuildAnnotations). */
export const BUILD_ANNOTATIONS: readonly string[] = [
  PREVIOUS_KINDS,
  PREVIOUS_NAMES,
  PREFIXES,
  SUFFIXES,
  PREVIOUS_NAMESPACES,
  ALLOW_NAME_CHANGE,
  ALLOW_KIND_CHANGE,
  REFERRERS,
  BEHAVIOR,
  NEEDS_HASH,
  `${DOMAIN}/path`,
  `${DOMAIN}/index`,
  `${DOMAIN}/seqindent`,
  `${DOMAIN}/id`,
  `${DOMAIN}/annotations-migration-resource-id`,
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
  `${DOMAIN}/helm-generated`,
];

export function newResource(root: YamlNode): Resource {
  return { root, isGone: false, vars: [] };
}

export function copyResource(resource: Resource): Resource {
  return { root: copyNode(resource.root), isGone: resource.isGone, vars: [...resource.vars] };
}

export function kindOf({ root }: Resource): string {
  return field(root, 'kind')?.value ?? '';
}

export function apiVersionText({ root }: Resource): string {
  return field(root, 'apiVersion')?.value ?? '';
}

export function gvkOf(resource: Resource): Gvk {
  const { group, version } = parseGroupVersion(apiVersionText(resource));
  return { group, version, kind: kindOf(resource) };
}

export function nameOf({ root }: Resource): string {
  return metadataText(root, 'name');
}

export function namespaceOf({ root }: Resource): string {
  return metadataText(root, 'namespace');
}

export function isEmptyResource({ root, isGone }: Resource): boolean {
  return isGone || isEmptyNode(root);
}

export function currentId(resource: Resource): ResId {
  return newResId(gvkOf(resource), nameOf(resource), namespaceOf(resource));
}

/** The ids it had, oldest first, under the group and version that it has now. */
export function previousIds(resource: Resource): ResId[] {
  const names = annotationOf(resource, PREVIOUS_NAMES);
  if (names === undefined) return [];
  const namespaces = listOf(resource, PREVIOUS_NAMESPACES);
  const kinds = listOf(resource, PREVIOUS_KINDS);
  const { group, version } = parseGroupVersion(apiVersionText(resource));
  return names.split(',').map((name, index) => ({
    group,
    version,
    kind: kinds[index] ?? '',
    name,
    namespace: namespaces[index] ?? '',
    isClusterScoped: false,
  }));
}

/** The first id that it had. */
export function originalId(resource: Resource): ResId {
  return previousIds(resource)[0] ?? currentId(resource);
}

/** Whether it has, or had, an id of this name that fits. */
export function hasOrHadId(resource: Resource, name: string, fits: (id: ResId) => boolean): boolean {
  // Names are looked at first: an id takes more to make, and most objects have others.
  if (nameOf(resource) === name && fits(currentId(resource))) return true;
  const names = annotationOf(resource, PREVIOUS_NAMES);
  return names?.includes(name) === true && previousIds(resource).some((id) => id.name === name && fits(id));
}

/** Keeps the id that it has now for later. */
export function storePreviousId(resource: Resource): void {
  const id = currentId(resource);
  appendToAnnotations(resource, [
    [PREVIOUS_NAMES, id.name],
    [PREVIOUS_NAMESPACES, effectiveNamespace(id)],
    [PREVIOUS_KINDS, id.kind],
  ]);
}

// ---- annotations ----

export function annotationOf({ root }: Resource, name: string): string | undefined {
  const metadata = field(root, 'metadata');
  return field(isEmptyNode(metadata) ? undefined : field(metadata, 'annotations'), name)?.value;
}

/** The items of a list that a build annotation holds. */
export function listOf(resource: Resource, name: string): string[] {
  return annotationOf(resource, name)?.split(',') ?? [];
}

/** Puts an item behind those of each list that a build annotation holds; the empty one is none. */
export function appendToAnnotations(
  { root }: Resource,
  added: readonly (readonly [name: string, item: string])[],
): void {
  const items = added.filter(([, item]) => item !== '');
  if (items.length === 0) return;
  const map = annotationsToSet(root, NOWHERE);
  for (const [name, item] of items) {
    const list = field(map, name)?.value;
    setText(map, name, list === undefined ? item : `${list},${item}`, NOWHERE);
  }
}

/** Sets one annotation. */
export function setAnnotation(root: YamlNode, name: string, value: string, span: Span = NOWHERE): void {
  setText(annotationsToSet(root, span), name, value, span);
}

export function setLabel(root: YamlNode, name: string, value: string, span: Span): void {
  setText(lookup(root, ['metadata', 'labels'], 'map', span), name, value, span);
}

/** The annotations of an object that gets one: an empty map of them, or of metadata, makes place for a new one (mirrors kyaml's AnnotationSetter). */
function annotationsToSet(root: YamlNode, span: Span): YamlNode | undefined {
  const metadata = getField(root, 'metadata');
  if (metadata !== undefined) clearIfEmpty(metadata, 'annotations');
  clearIfEmpty(root, 'metadata');
  return lookup(root, ['metadata', 'annotations'], 'map', span);
}

function setText(map: YamlNode | undefined, name: string, value: string, span: Span): void {
  const node = textNode(value, span);
  node.style = 'single';
  if (map !== undefined) setField(map, name, node, span);
}

/** Takes out the first field of this name that holds nothing, though an earlier one may hold something. */
function clearIfEmpty(map: YamlNode, name: string): void {
  const at = map.content.findIndex(
    ({ value }, index) => index % 2 === 0 && value === name && map.content[index + 1]?.content.length === 0,
  );
  if (at >= 0) map.content = map.content.toSpliced(at, 2);
}

export function enable(resource: Resource, name: string): void {
  setMetadataTexts(resource.root, 'annotations', metadataTexts(resource.root, 'annotations').set(name, 'enabled'));
}

export function isEnabled(resource: Resource, name: string): boolean {
  return annotationOf(resource, name) === 'enabled';
}

// ---- identity ----

/** Sets the name; `from` is what the new one is written as, or the node it is copied from. */
export function setName(resource: Resource, name: string, from?: YamlNode): void {
  setIdentity(resource, ['metadata'], 'name', name, from);
}

export function setKind(resource: Resource, kind: string, from?: YamlNode): void {
  setIdentity(resource, [], 'kind', kind, from);
}

export function setApiVersion(resource: Resource, apiVersion: string, from?: YamlNode): void {
  setIdentity(resource, [], 'apiVersion', apiVersion, from);
}

/** Sets the namespace, or clears it. */
export function setNamespace(resource: Resource, namespace: string, from?: YamlNode): void {
  if (namespace !== '') {
    setIdentity(resource, ['metadata'], 'namespace', namespace, from);
    return;
  }
  const metadata = getField(resource.root, 'metadata');
  if (metadata !== undefined) clearField(metadata, 'namespace');
}

function setIdentity(
  { root }: Resource,
  path: readonly string[],
  name: string,
  value: string,
  from: YamlNode | undefined,
): void {
  const map = lookup(root, path, 'map');
  if (map === undefined) return;
  const old = from ?? getField(map, name);
  const node = scalarNode(value, '', old ?? NOWHERE);
  node.causes = old?.causes ?? [];
  setField(map, name, node, old ?? NOWHERE);
}

/** An object that holds nothing but its kind and name, to be filled; its places are those of the text that the real tool makes it from. */
export function newObject(kind: string, span: Span): YamlNode {
  const root = newNode('map', span);
  root.tag = '!!map';
  for (const [index, [key, value]] of [['apiVersion', 'v1'] as const, ['kind', kind] as const].entries()) {
    const line = index + 2;
    root.content.push(
      { ...scalarNode(key, '!!str', span), line, column: 1 },
      { ...scalarNode(value, '!!str', span), line, column: key.length + 3 },
    );
  }
  return { ...root, line: 2, column: 1 };
}
