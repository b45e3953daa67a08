import type { Cluster } from '../../cluster/index/cluster.ts';
import { type RBACObjects, rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import { RBAC_GROUP, storedBinding, type StoredBinding, type StoredRole } from '../../cluster/stored/stored-rbac.ts';
import type { Attributes } from '../../engines/rbac/attributes.ts';
import { allows } from '../../engines/rbac/authorize.ts';
import { namespaceOf } from '../../cluster/index/object-index.ts';
import type { ManifestObject } from '../../model/object.ts';
import { objectValue } from '../../model/object-value.ts';
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
  /** Whether some binding names a service account as its subject, and grants something. */
  isBound(namespace: string, account: string): boolean;
  /** What a linted object that is a binding says, whether or not the server takes it; undefined of others. */
  bindingOf(object: ManifestObject): WrittenBinding | undefined;
  /** Whether a user may do something. */
  allows(attributes: Attributes): boolean;
}

/** Answers by the RBAC engine. */
export const rbacFacts = lazily<FactContext, RbacFacts>({
  objects: ({ cluster }) => rbacObjects(cluster),
  writtenRoles: ({ cluster }) => written(cluster, ({ roles }) => roles),
  writtenBindings: ({ cluster }) => written(cluster, ({ bindings }) => bindings),
  isBound: ({ cluster }) => {
    const bound = boundAccounts(cluster);
    return (namespace, account) => bound.has(`${namespace}/${account}`);
  },
  bindingOf:
    ({ cluster }) =>
    (object) => {
      const { group, kind, name } = object;
      if (group !== RBAC_GROUP || (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')) return undefined;
      const stored = storedBinding(object, objectValue(object, cluster.version.value));
      return { ...stored, object, name, namespace: namespaceOf(cluster, object) };
    },
  allows:
    ({ cluster }) =>
    (attributes) =>
      allows(cluster, attributes),
});

function boundAccounts(cluster: Cluster): ReadonlySet<string> {
  const { roles, bindings } = rbacObjects(cluster);
  const there = new Set(roles.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`));
  // A role that is defined elsewhere may be there in the cluster; one of the namespace itself is not.
  const granting = bindings.filter(
    ({ namespace, roleRef: { kind, name } }) => kind !== 'Role' || there.has(`${kind}/${namespace}/${name}`),
  );
  const accounts = granting.flatMap(({ subjects, namespace }) =>
    subjects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map((each) => `${each.namespace === '' ? namespace : each.namespace}/${each.name}`),
  );
  return new Set(accounts);
}

function written<T extends StoredRole | StoredBinding>(
  cluster: Cluster,
  of: (objects: RBACObjects) => readonly T[],
): (T & { readonly object: ManifestObject })[] {
  // Where there are none, the bootstrap ones need not be made.
  if (!cluster.objects.some(({ group }) => group === RBAC_GROUP)) return [];
  return of(rbacObjects(cluster)).filter(
    (stored): stored is T & { readonly object: ManifestObject } =>
      !('implicit' in stored.object) && !cluster.context.has(stored.object),
  );
}
