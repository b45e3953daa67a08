import type { ClusterRole, RoleBinding } from '../model/kinds/rbac.ts';
import { objectValue } from '../model/object-value.ts';
import { bootstrapRBAC } from './bootstrap-rbac.ts';
import type { Cluster } from './cluster.ts';
import { objectsOfKind } from './object-index.ts';
import { RBAC_GROUP } from './rbac-validation.ts';
import {
  type RefusedObject,
  type Stored,
  storedBinding,
  type StoredBinding,
  storedRole,
  type StoredRole,
} from './stored-rbac.ts';

/** All roles and bindings of a cluster, its bootstrap ones included, in no particular order; each identity once. */
export interface RBACObjects {
  readonly roles: readonly StoredRole[];
  readonly bindings: readonly StoredBinding[];
  /** Manifests that the API server would not store; they are not among the others. */
  readonly refused: readonly RefusedObject[];
}

const known = new WeakMap<Cluster, RBACObjects>();

/**
 * The roles and bindings of a cluster as its API server keeps them. A manifest stands for the bootstrap object of the same name; with
 * `settings.bootstrapRBAC: false` there are no bootstrap objects. Memoised per cluster.
 */
export function rbacObjects(cluster: Cluster): RBACObjects {
  let objects = known.get(cluster);
  if (objects === undefined) {
    objects = collect(cluster);
    known.set(cluster, objects);
  }
  return objects;
}

function collect(cluster: Cluster): RBACObjects {
  const roles = new Map<string, StoredRole>();
  const bindings = new Map<string, StoredBinding>();
  const refused: RefusedObject[] = [];
  if (cluster.settings.bootstrapRBAC ?? true) {
    const bootstrap = bootstrapRBAC(cluster.version.value);
    for (const role of bootstrap.roles) roles.set(identity(role), role);
    for (const binding of bootstrap.bindings) bindings.set(identity(binding), binding);
  }
  const keep = <T extends StoredRole | StoredBinding>(into: Map<string, T>, result: Stored<T>): void => {
    if ('refused' in result) refused.push(result.refused);
    else into.set(identity(result.stored), result.stored);
  };
  for (const kind of ['Role', 'ClusterRole']) {
    for (const object of objectsOfKind(cluster, RBAC_GROUP, kind)) {
      const view: ClusterRole = objectValue(object, cluster.version.value);
      keep(roles, storedRole(object, view));
    }
  }
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const object of objectsOfKind(cluster, RBAC_GROUP, kind)) {
      const view: RoleBinding = objectValue(object, cluster.version.value);
      keep(bindings, storedBinding(object, view));
    }
  }
  return { roles: [...roles.values()], bindings: [...bindings.values()], refused };
}

function identity({ kind, namespace, name }: StoredRole | StoredBinding): string {
  return `${kind}/${namespace}/${name}`;
}
