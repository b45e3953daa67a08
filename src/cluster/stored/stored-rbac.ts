import { goQuote } from '../../lang/go-quote.ts';
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
import { aggregateMessages, type FieldError } from '../index/field-error.ts';
import type { ImplicitObject } from '../index/implicit-object.ts';
import { metadataErrors } from '../validation/metadata-validation.ts';
import { pathSegmentErrors } from '../validation/name-formats.ts';
import {
  aggregationErrors,
  RBAC_GROUP,
  roleRefErrors,
  ruleErrors,
  subjectErrors,
} from '../validation/rbac-validation.ts';

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

/** An object that the API server would not store: `message` is its whole answer, `errors` the fields complained of. */
export interface RefusedObject {
  readonly object: ManifestObject;
  readonly message: string;
  readonly errors: readonly FieldError[];
}

export type Stored<T> = { readonly stored: T } | { readonly refused: RefusedObject };

/** What the server makes of a Role or ClusterRole on creation. Mirrors pkg/registry/rbac/{role,clusterrole}, v1.24. */
export function storedRole(object: ManifestObject, view: ClusterRole): Stored<StoredRole> {
  const kind = object.kind === 'ClusterRole' ? 'ClusterRole' : 'Role';
  const metadata = createdMetadata(view, kind === 'Role');
  const { rules = [] } = view;
  const aggregationRule = kind === 'ClusterRole' ? view.aggregationRule : undefined;
  const errors = [
    ...metadataErrors(metadata, kind === 'Role', pathSegmentErrors),
    ...ruleErrors(rules, kind === 'Role'),
    ...(aggregationRule === undefined ? [] : aggregationErrors(aggregationRule)),
  ];
  if (errors.length > 0) return refusal(object, metadata, errors);
  const { name = '', namespace = '', labels = {} } = metadata;
  const role: StoredRole = { object, kind, name, namespace, labels: new Map(Object.entries(labels)), rules };
  return { stored: aggregationRule === undefined ? role : { ...role, aggregationRule } };
}

/** What the server makes of a RoleBinding or ClusterRoleBinding on creation. Mirrors pkg/registry/rbac/{rolebinding,clusterrolebinding}, v1.24. */
export function storedBinding(object: ManifestObject, view: RoleBinding): Stored<StoredBinding> {
  const kind = object.kind === 'ClusterRoleBinding' ? 'ClusterRoleBinding' : 'RoleBinding';
  const namespaced = kind === 'RoleBinding';
  const metadata = createdMetadata(view, namespaced);
  const roleRef = defaultedRoleRef(view.roleRef ?? {});
  const subjects = (view.subjects ?? []).map((subject) => defaultedSubject(subject, object.version));
  const errors = [
    ...metadataErrors(metadata, namespaced, pathSegmentErrors),
    ...roleRefErrors(roleRef, namespaced),
    ...subjectErrors(subjects, namespaced),
  ];
  if (errors.length > 0) return refusal(object, metadata, errors);
  const { name = '', namespace = '' } = metadata;
  return { stored: { object, kind, name, namespace, roleRef, subjects } };
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

function refusal(
  object: ManifestObject,
  metadata: ObjectMeta,
  errors: readonly FieldError[],
): { refused: RefusedObject } {
  const list = aggregateMessages(errors.map((error) => error.message));
  const message = `${object.kind}.${RBAC_GROUP} ${goQuote(metadata.name ?? '')} is invalid: ${list}`;
  return { refused: { object, message, errors } };
}
