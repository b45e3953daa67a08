import type { Cluster } from '../../cluster/index/cluster.ts';
import { type RBACObjects, rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import type { StoredBinding, StoredRole } from '../../cluster/stored/stored-rbac.ts';
import type { Attributes } from '../../engines/rbac/attributes.ts';
import { allows } from '../../engines/rbac/authorize.ts';
import type { ManifestObject } from '../../model/object.ts';
import { lazily } from './lazily.ts';
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
export const rbacFacts = lazily<FactContext, RbacFacts>({
  objects: ({ cluster }) => rbacObjects(cluster),
  writtenRoles: ({ cluster }) => rbacObjects(cluster).roles.filter((role) => isWritten(role, cluster)),
  writtenBindings: ({ cluster }) => rbacObjects(cluster).bindings.filter((binding) => isWritten(binding, cluster)),
  isBound: ({ cluster }) => {
    const bound = boundAccounts(cluster);
    return (namespace, account) => bound.has(`${namespace}/${account}`);
  },
  allows:
    ({ cluster }) =>
    (attributes) =>
      allows(cluster, attributes),
});

function boundAccounts(cluster: Cluster): ReadonlySet<string> {
  const accounts = rbacObjects(cluster).bindings.flatMap(({ subjects, namespace }) =>
    subjects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map((each) => `${each.namespace === '' ? namespace : each.namespace}/${each.name}`),
  );
  return new Set(accounts);
}

function isWritten<T extends StoredRole | StoredBinding>(
  stored: T,
  cluster: Cluster,
): stored is T & { readonly object: ManifestObject } {
  return !('implicit' in stored.object) && !cluster.context.has(stored.object);
}
