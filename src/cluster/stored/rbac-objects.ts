import { memo } from '../../lang/memo.ts';
import type { ClusterRole, RoleBinding } from '../../model/kinds/rbac.ts';
import { objectValue } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import { type BootstrapRBAC, bootstrapRBAC } from './bootstrap-rbac.ts';
import type { Cluster } from '../index/cluster.ts';
import { objectsOfKind } from '../index/object-index.ts';
import { RBAC_GROUP } from '../validation/rbac-validation.ts';
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
  const manifests = rbacManifests(cluster);
  // Most clusters of a tree have neither role nor binding of their own.
  if (manifests.length === 0) return { ...bootstrap, refused: [] };
  const roles = new Map<string | object, StoredRole>(memo(bootstrap.roles, byIdentity));
  const bindings = new Map<string | object, StoredBinding>(memo(bootstrap.bindings, byIdentity));
  const refused: RefusedObject[] = [];
  const keep = <T extends StoredRole | StoredBinding>(into: Map<string | object, T>, result: Stored<T>): void => {
    if ('refused' in result) refused.push(result.refused);
    else into.set(keyOf(result.stored), result.stored);
  };
  for (const object of manifests) {
    const value = objectValue(object, cluster.version.value);
    if (object.kind.endsWith('Binding')) {
      const view: RoleBinding = value;
      keep(bindings, storedBinding(object, view));
    } else {
      const view: ClusterRole = value;
      keep(roles, storedRole(object, view));
    }
  }
  return { roles: [...roles.values()], bindings: [...bindings.values()], refused };
}

const none: BootstrapRBAC = { roles: [], bindings: [] };

function byIdentity<T extends StoredRole | StoredBinding>(stored: readonly T[]): ReadonlyMap<string, T> {
  return new Map(stored.map((each) => [identity(each), each]));
}

/** A superseded manifest stays what it is where the server refuses the one that comes after it. */
function rbacManifests(cluster: Cluster): ManifestObject[] {
  const superseded = cluster.superseded.filter(({ group, kind }) => group === RBAC_GROUP && KINDS.includes(kind));
  return [...superseded, ...KINDS.flatMap((kind) => objectsOfKind(cluster, RBAC_GROUP, kind))];
}

/** Two manifests that have their names generated are two objects, even though we give them one name. */
function keyOf(stored: StoredRole | StoredBinding): string | object {
  return stored.object.name === '' ? stored : identity(stored);
}

function identity({ kind, namespace, name }: StoredRole | StoredBinding): string {
  return `${kind}/${namespace}/${name}`;
}
