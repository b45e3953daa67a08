import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import type { SideEffect } from '../failure/side-effect.ts';
import { replaceScalar, scalarNode } from '../node/edit.ts';
import { demandKind, field, getField, isEmptyNode, isNullOrMissing, textOf } from '../node/fields.ts';
import type { PlacedText } from '../read/decode.ts';
import {
  apiVersionText,
  currentId,
  isEmptyResource,
  kindOf,
  nameOf,
  namespaceOf,
  storePreviousId,
  type Resource,
} from '../resource/resource.ts';
import { idKey, printId } from '../resource/res-id.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { fieldSpec, visitFields, type FieldSpec } from './field-spec.ts';

/** How a namespace is set where the built-in transformer is configured by hand. */
export interface NamespaceOptions {
  /** Leaves namespaces that are there. */
  readonly unsetOnly: boolean;
  readonly subjects: string;
}

const SUBJECT_MODES = ['', 'defaultOnly', 'allServiceAccounts', 'none'];

/** Moves the objects of a list into a namespace (mirrors kustomize api v0.21.2, NamespaceTransformer and filters/namespace). */
export function setNamespaces(
  list: ResourceList,
  namespace: PlacedText,
  specs: readonly FieldSpec[],
  note: (effect: SideEffect) => void,
  options: NamespaceOptions = { unsetOnly: false, subjects: 'defaultOnly' },
): void {
  if (!SUBJECT_MODES.includes(options.subjects)) {
    throw new KustomizeFailure(`fails configuration: invalid value "${options.subjects}" for setRoleBindingSubjects`);
  }
  if (namespace.value === '') return;
  const keys = list.items.map((item) => idKey(currentId(item)));
  const counts = new Map<string, number>();
  const count = (key: string, by: number): number => {
    const counted = (counts.get(key) ?? 0) + by;
    counts.set(key, counted);
    return counted;
  };
  for (const key of keys) count(key, 1);
  for (const effect of movedSubjects(list, namespace, options)) note(effect);
  for (const [index, item] of list.items.entries()) {
    if (isEmptyResource(item)) continue;
    storePreviousId(item);
    count(keys[index] ?? '', -1);
    setNamespaceOf(item, namespace, specs, options);
    if (count(idKey(currentId(item)), 1) !== 1) {
      throw new KustomizeFailure(
        `namespace transformation produces ID conflict: ${printId(currentId(item))}`,
        namespace.span,
      );
    }
  }
}

/** Accounts named `default` of namespaces that nothing in the list is in: they are meant as they are written, and yet moved. */
function movedSubjects(
  { items }: ResourceList,
  namespace: PlacedText,
  { subjects: mode, unsetOnly }: NamespaceOptions,
): SideEffect[] {
  const bindings = unsetOnly || mode === 'none' ? [] : items.filter((item) => isBinding(item));
  if (bindings.length === 0) return [];
  const own = new Set(items.map((item) => (kindOf(item) === 'Namespace' ? nameOf(item) : namespaceOf(item))));
  return bindings.flatMap((item) =>
    (field(item.root, 'subjects')?.content ?? []).flatMap((subject): SideEffect[] => {
      const [kind, name, old] = ['kind', 'name', 'namespace'].map((each) => field(subject, each));
      const before = textOf(old);
      if (old === undefined || kind?.value !== 'ServiceAccount' || name?.value !== 'default') return [];
      if (before === '' || before === namespace.value || own.has(before)) return [];
      const object = { kind: kindOf(item), name: nameOf(item) };
      const lost = [{ start: old.start, end: old.end }];
      return [{ is: 'subject-moved', ...namespace.span, lost, names: ['default', before, namespace.value], object }];
    }),
  );
}

function isBinding(item: Resource): boolean {
  return ['RoleBinding', 'ClusterRoleBinding'].includes(kindOf(item));
}

const OWN_NAMESPACE = fieldSpec('metadata/namespace', true);

/** Moves one object. */
export function setNamespaceOf(
  item: Resource,
  { value, span }: PlacedText,
  specs: readonly FieldSpec[],
  options: NamespaceOptions,
): void {
  const { root } = item;
  const set = (node: YamlNode): void => {
    if (options.unsetOnly && !isEmptyNode(node) && textOf(node) !== '') return;
    replaceScalar(node, scalarNode(value, '!!str', span));
  };
  if (!currentId(item).isClusterScoped) {
    visitFields(root, OWN_NAMESPACE, set, { kind: 'scalar', tag: '', span });
  }
  const hasSubjects = isBinding(item);
  if (hasSubjects) setSubjects(root, span, set, options.subjects);
  for (const spec of specs) {
    if (spec.path === 'metadata/namespace') continue;
    if (spec.path === 'metadata/name' && apiVersionText(item) !== 'v1') continue;
    if (hasSubjects && /^(?:Cluster)?RoleBinding$/.test(spec.kind) && spec.path === 'subjects/namespace') continue;
    visitFields(root, spec, set, { kind: 'scalar', tag: '!!str', span });
  }
}

function setSubjects(root: YamlNode, span: PlacedText['span'], set: (node: YamlNode) => void, mode: string): void {
  if (mode === 'none') return;
  const [name, wanted] = mode === 'allServiceAccounts' ? ['kind', 'ServiceAccount'] : ['name', 'default'];
  const subjects = getField(root, 'subjects');
  if (isNullOrMissing(subjects)) return;
  demandKind(subjects, 'list');
  for (const subject of subjects.content) {
    const value = getField(subject, name);
    if (isNullOrMissing(value)) continue;
    demandKind(value, 'scalar');
    if (value.value !== wanted) continue;
    let node = field(subject, 'namespace');
    if (node === undefined) {
      node = newNode('scalar', span);
      subject.content.push(scalarNode('namespace', '', span), node);
    }
    set(node);
  }
}
