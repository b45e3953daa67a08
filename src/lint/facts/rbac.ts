import type { Cluster } from '../../cluster/index/cluster.ts';
import { type RBACObjects, rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import type { StoredBinding, StoredRole } from '../../cluster/stored/stored-rbac.ts';
import type { Attributes } from '../../engines/rbac/attributes.ts';
import { allows } from '../../engines/rbac/authorize.ts';
import type { ManifestObject } from '../../model/object.ts';
import { once } from '../../lang/once.ts';
import type { FactContext } from './fact-context.ts';

/** A role that a linted manifest makes. */
export type WrittenRole = StoredRole & { readonly object: ManifestObject };

/** A binding that a linted manifest makes. */
export type WrittenBinding = StoredBinding & { readonly object: ManifestObject };

/** Questions to the authorizer. */
export interface RbacFacts {
  /** The roles and bindings of the cluster, bootstrap ones included. */
  readonly objects: RBACObjects;
  /** The roles of linted manifests. */
  readonly writtenRoles: readonly WrittenRole[];
  /** The bindings of linted manifests. */
  readonly writtenBindings: readonly WrittenBinding[];
  /** Whether some binding names a service account as its subject. */
  isBound(namespace: string, account: string): boolean;
  /** Whether a user may do something. */
  allows(attributes: Attributes): boolean;
}

/** Answers by the RBAC engine. */
export function rbacFacts({ cluster }: FactContext): RbacFacts {
  const bound = once(
    () =>
      new Set(
        rbacObjects(cluster).bindings.flatMap(({ subjects, namespace }) =>
          subjects
            .filter(({ kind }) => kind === 'ServiceAccount')
            .map((each) => `${each.namespace === '' ? namespace : each.namespace}/${each.name}`),
        ),
      ),
  );
  return {
    get objects() {
      return rbacObjects(cluster);
    },
    get writtenRoles() {
      return rbacObjects(cluster).roles.filter((role) => isWritten(role, cluster));
    },
    get writtenBindings() {
      return rbacObjects(cluster).bindings.filter((binding) => isWritten(binding, cluster));
    },
    isBound: (namespace, account) => bound().has(`${namespace}/${account}`),
    allows: (attributes) => allows(cluster, attributes),
  };
}

function isWritten<T extends StoredRole | StoredBinding>(
  stored: T,
  cluster: Cluster,
): stored is T & { readonly object: ManifestObject } {
  return !('implicit' in stored.object) && !cluster.context.has(stored.object);
}
