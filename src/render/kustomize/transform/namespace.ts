import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { replaceScalar, scalarNode } from '../node/edit.ts';
import { demandKind, field, getField, isEmptyNode, isNullOrMissing, textOf } from '../node/fields.ts';
import type { PlacedText } from '../read/decode.ts';
import {
  apiVersionText,
  currentId,
  isEmptyResource,
  kindOf,
  storePreviousId,
  type Resource,
} from '../resource/resource.ts';
import { idKey, printId } from '../resource/res-id.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { visitFields, type FieldSpec } from './field-spec.ts';

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
  options: NamespaceOptions = { unsetOnly: false, subjects: 'defaultOnly' },
): void {
  if (!SUBJECT_MODES.includes(options.subjects)) {
    throw new KustomizeFailure(`fails configuration: invalid value "${options.subjects}" for setRoleBindingSubjects`);
  }
  if (namespace.value === '') return;
  const counts = new Map<string, number>();
  const count = (item: Resource, by: number): number => {
    const key = idKey(currentId(item));
    const counted = (counts.get(key) ?? 0) + by;
    counts.set(key, counted);
    return counted;
  };
  for (const item of list.items) count(item, 1);
  for (const item of list.items) {
    if (isEmptyResource(item)) continue;
    storePreviousId(item);
    count(item, -1);
    setNamespaceOf(item, namespace, specs, options);
    if (count(item, 1) !== 1) {
      throw new KustomizeFailure(
        `namespace transformation produces ID conflict: ${printId(currentId(item))}`,
        namespace.span,
      );
    }
  }
}

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
    const spec = { group: '', version: '', kind: '', path: 'metadata/namespace', create: true };
    visitFields(root, spec, set, { kind: 'scalar', tag: '', span });
  }
  const isBinding = ['RoleBinding', 'ClusterRoleBinding'].includes(kindOf(item));
  if (isBinding) setSubjects(root, span, set, options.subjects);
  for (const spec of specs) {
    if (spec.path === 'metadata/namespace') continue;
    if (spec.path === 'metadata/name' && apiVersionText(item) !== 'v1') continue;
    if (isBinding && /^(?:Cluster)?RoleBinding$/.test(spec.kind) && spec.path === 'subjects/namespace') continue;
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
