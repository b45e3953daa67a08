import { AUTHENTICATED_GROUP } from '../index/system-users.ts';
import type { KubernetesObject, ObjectMeta } from '../../model/kinds/metadata.ts';
import type {
  AggregationRule,
  ClusterRole,
  PolicyRule,
  RoleBinding,
  RoleRef,
  Subject,
} from '../../model/kinds/rbac.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { ImplicitObject } from '../index/implicit-object.ts';

/** The group of roles and bindings. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** A Role or ClusterRole as the API server keeps it. `namespace` is '' for a ClusterRole. */
export interface StoredRole {
  readonly object: ManifestObject | ImplicitObject;
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly rules: readonly PolicyRule[];
  readonly aggregationRule?: AggregationRule;
}

/** A RoleBinding or ClusterRoleBinding as the API server keeps it: groups of subjects and roleRef defaulted, absent texts ''. */
export interface StoredBinding {
  readonly object: ManifestObject | ImplicitObject;
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly name: string;
  readonly namespace: string;
  readonly roleRef: Required<RoleRef>;
  readonly subjects: readonly Required<Subject>[];
}

/** What the server makes of a Role or ClusterRole on creation. Mirrors pkg/registry/rbac/{role,clusterrole}, v1.24. */
export function storedRole(object: ManifestObject, view: ClusterRole): StoredRole {
  const kind = object.kind === 'ClusterRole' ? 'ClusterRole' : 'Role';
  const { name = '', namespace = '', labels = {} } = createdMetadata(view, kind === 'Role');
  const { rules = [] } = view;
  const role: StoredRole = { object, kind, name, namespace, labels: new Map(Object.entries(labels)), rules };
  const aggregationRule = kind === 'ClusterRole' ? view.aggregationRule : undefined;
  return aggregationRule === undefined ? role : { ...role, aggregationRule };
}

/** What the server makes of a RoleBinding or ClusterRoleBinding on creation. Mirrors pkg/registry/rbac/{rolebinding,clusterrolebinding}, v1.24. */
export function storedBinding(object: ManifestObject, view: RoleBinding): StoredBinding {
  const kind = object.kind === 'ClusterRoleBinding' ? 'ClusterRoleBinding' : 'RoleBinding';
  const { name = '', namespace = '' } = createdMetadata(view, kind === 'RoleBinding');
  const roleRef = defaultedRoleRef(view.roleRef ?? {});
  const subjects = (view.subjects ?? []).map((subject) => defaultedSubject(subject, object.version));
  return { object, kind, name, namespace, roleRef, subjects };
}

/** Mirrors pkg/apis/rbac/v1 SetDefaults_RoleBinding, v1.24. */
function defaultedRoleRef({ apiGroup = '', kind = '', name = '' }: RoleRef): Required<RoleRef> {
  return { apiGroup: apiGroup === '' ? RBAC_GROUP : apiGroup, kind, name };
}

/** Mirrors pkg/apis/rbac/v1 SetDefaults_Subject and pkg/apis/rbac/v1alpha1 Convert_v1alpha1_Subject_To_rbac_Subject, v1.24. */
function defaultedSubject(subject: Subject, version: string): Required<Subject> {
  const { kind = '', name = '', namespace = '' } = subject;
  const own = kind === 'User' || kind === 'Group' ? RBAC_GROUP : '';
  if (version !== 'v1alpha1')
    return {
      kind,
      apiGroup: subject.apiGroup === undefined || subject.apiGroup === '' ? own : subject.apiGroup,
      name,
      namespace,
    };
  if (kind === 'User' && name === '*') return { kind: 'Group', apiGroup: own, name: AUTHENTICATED_GROUP, namespace };
  return { kind, apiGroup: own, name, namespace };
}

/** The metadata after what the server does to it before validation: namespace settled, name generated (always the same here). */
function createdMetadata(view: KubernetesObject, namespaced: boolean): ObjectMeta {
  const { metadata = {} } = view;
  const { name = '', generateName = '', namespace = '' } = metadata;
  // A generated name keeps at most 58 characters of its prefix.
  const created = name === '' && generateName !== '' ? `${generateName.slice(0, 58)}xxxxx` : name;
  return { ...metadata, name: created, namespace: namespaced ? namespace || 'default' : '' };
}
