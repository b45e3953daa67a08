import { memo } from '../../lang/memo.ts';
import { objectValue } from '../../model/object-value.ts';
import { type BootstrapRBAC, bootstrapRBAC } from './bootstrap-rbac.ts';
import type { Cluster } from '../index/cluster.ts';
import { objectsOfKind } from '../index/object-index.ts';
import { RBAC_GROUP, storedBinding, type StoredBinding, storedRole, type StoredRole } from './stored-rbac.ts';

/** All roles and bindings of a cluster, its bootstrap ones included, in no particular order; each identity once. */
export interface RBACObjects {
  readonly roles: readonly StoredRole[];
  readonly bindings: readonly StoredBinding[];
}

const KINDS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/**
 * The roles and bindings of a cluster as its API server keeps them. A manifest stands for the bootstrap object of the same name; with
 * `settings.bootstrapRBAC: false` there are no bootstrap objects. Memoised per cluster.
 */
export function rbacObjects(cluster: Cluster): RBACObjects {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): RBACObjects {
  const { settings, version } = cluster;
  const bootstrap = settings.bootstrapRBAC === false ? none : bootstrapRBAC(version.value);
  const manifests = KINDS.flatMap((kind) => objectsOfKind(cluster, RBAC_GROUP, kind));
  // Most clusters of a tree have neither role nor binding of their own.
  if (manifests.length === 0) return bootstrap;
  const roles = new Map<string | object, StoredRole>(memo(bootstrap.roles, byIdentity));
  const bindings = new Map<string | object, StoredBinding>(memo(bootstrap.bindings, byIdentity));
  for (const object of manifests) {
    const value = objectValue(object, cluster.version.value);
    if (object.kind.endsWith('Binding')) {
      const binding = storedBinding(object, value);
      bindings.set(keyOf(binding), binding);
    } else {
      const role = storedRole(object, value);
      roles.set(keyOf(role), role);
    }
  }
  return { roles: [...roles.values()], bindings: [...bindings.values()] };
}

const none: BootstrapRBAC = { roles: [], bindings: [] };

function byIdentity<T extends StoredRole | StoredBinding>(stored: readonly T[]): ReadonlyMap<string, T> {
  return new Map(stored.map((each) => [identity(each), each]));
}

/** Two manifests that have their names generated are two objects, even though we give them one name. */
function keyOf(stored: StoredRole | StoredBinding): string | object {
  return stored.object.name === '' ? stored : identity(stored);
}

function identity({ kind, namespace, name }: StoredRole | StoredBinding): string {
  return `${kind}/${namespace}/${name}`;
}
