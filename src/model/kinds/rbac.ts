import type { KubernetesObject, LabelSelector } from './metadata.ts';

/*
 * RBAC (rbac.authorization.k8s.io/v1; v1beta1 and v1alpha1 have the same fields but for subjects[].apiVersion in v1alpha1).
 * Field by field as k8s.io/api v0.37 has them; every field is optional, because a manifest may leave out anything, and an
 * absent or wrongly typed field is absent here. Fields not listed survive in the value.
 */

/** Verbs on resources, or on URLs. */
export interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** Who a binding binds. */
export interface Subject {
  readonly kind?: string;
  readonly apiGroup?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** The role a binding grants. */
export interface RoleRef {
  readonly apiGroup?: string;
  readonly kind?: string;
  readonly name?: string;
}

/** Selectors of the ClusterRoles whose rules a controller copies into this one. */
export interface AggregationRule {
  readonly clusterRoleSelectors?: readonly LabelSelector[];
}

/** Rules of the whole cluster, or to be bound in namespaces. */
export interface ClusterRole extends KubernetesObject {
  readonly rules?: readonly PolicyRule[];
  readonly aggregationRule?: AggregationRule;
}

/** Grants a Role or ClusterRole in one namespace. */
export interface RoleBinding extends KubernetesObject {
  readonly subjects?: readonly Subject[];
  readonly roleRef?: RoleRef;
}
