import type { Cluster, ClusterSettings } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { PolicyRule, Subject } from '../../model/kinds/rbac.ts';
import type { Json, JsonObject } from '../../model/object.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';

/** A cluster of Kubernetes 1.24 that holds these objects alone, unless settings say otherwise. */
export function clusterOf(objects: readonly JsonObject[], settings: ClusterSettings = {}): Cluster {
  return loadCluster(manifestsOf('rbac.yaml', ...objects), {
    settings: { kubernetesVersion: '1.24', bootstrapRBAC: false, ...settings },
  });
}

export function clusterRole(name: string, ...rules: PolicyRule[]): JsonObject {
  return { apiVersion, kind: 'ClusterRole', metadata: { name }, rules: rules as Json[] };
}

export function role(namespace: string, name: string, ...rules: PolicyRule[]): JsonObject {
  return { apiVersion, kind: 'Role', metadata: { name, namespace }, rules: rules as Json[] };
}

/** `role` is the name of a ClusterRole. */
export function clusterRoleBinding(name: string, role_: string, ...subjects: Subject[]): JsonObject {
  const roleRef = { kind: 'ClusterRole', name: role_ };
  return { apiVersion, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects: subjects as Json[] };
}

/** `role` is `Role/name` or `ClusterRole/name`. */
export function roleBinding(namespace: string, name: string, role_: string, ...subjects: Subject[]): JsonObject {
  const [kind = '', roleName = ''] = role_.split('/');
  const roleRef = { kind, name: roleName };
  return { apiVersion, kind: 'RoleBinding', metadata: { name, namespace }, roleRef, subjects: subjects as Json[] };
}

export function user(name: string): Subject {
  return { kind: 'User', name };
}

export function group(name: string): Subject {
  return { kind: 'Group', name };
}

export function account(namespace: string, name: string): Subject {
  return namespace === '' ? { kind: 'ServiceAccount', name } : { kind: 'ServiceAccount', name, namespace };
}
