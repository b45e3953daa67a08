import { memo } from '../../lang/memo.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { Cluster, KubernetesVersion, Settled } from './cluster.ts';
import { identityKey, storageGroup } from './identity.ts';

/** What loading a cluster learns about its objects beside the objects themselves. */
export interface ObjectIndex {
  readonly manifests: readonly ManifestObject[];
  readonly byIdentity: ReadonlyMap<string, ManifestObject>;
  readonly namespaces: ReadonlyMap<ManifestObject, string>;
  readonly supersededBy: ReadonlyMap<ManifestObject, ManifestObject>;
  /** The same manifests under an API server of another minor. */
  readonly atVersion: (version: Settled<KubernetesVersion>) => Cluster;
}

/** Filled by `loadCluster`. */
export const objectIndexes = new WeakMap<Cluster, ObjectIndex>();

/** What loading a cluster has learnt of it. */
export function indexOf(cluster: Cluster): ObjectIndex {
  const index = objectIndexes.get(cluster);
  if (index === undefined) throw new Error('a Cluster must be made by loadCluster');
  return index;
}

/** The existing object of an identity. `group` may be any group that serves the kind; `namespace` is '' for kinds without one. */
export function findObject(
  cluster: Cluster,
  group: string,
  kind: string,
  namespace: string,
  name: string,
): ManifestObject | undefined {
  return indexOf(cluster).byIdentity.get(identityKey(storageGroup(group, kind), kind, namespace, name));
}

/** The namespace an object of the cluster lands in; '' for kinds without one. */
export function namespaceOf(cluster: Cluster, object: ManifestObject): string {
  return indexOf(cluster).namespaces.get(object) ?? object.namespace;
}

/** The manifest that counts in place of a superseded one; undefined for one that exists. */
export function supersededBy(cluster: Cluster, object: ManifestObject): ManifestObject | undefined {
  return indexOf(cluster).supersededBy.get(object);
}

/** All manifests of a cluster in the order of `objects`, refused ones among them; superseded ones last. */
export function manifestsOf(cluster: Cluster): readonly ManifestObject[] {
  return indexOf(cluster).manifests;
}

const none: readonly ManifestObject[] = [];

/** The existing objects of a kind, whichever of its groups and versions they are written in, linted ones first, in file order. */
export function objectsOfKind(cluster: Cluster, group: string, kind: string): readonly ManifestObject[] {
  return memo(cluster, groupByKind).get(`${storageGroup(group, kind)}/${kind}`) ?? none;
}

function groupByKind({ objects }: Cluster): Map<string, ManifestObject[]> {
  const kinds = new Map<string, ManifestObject[]>();
  for (const object of objects) {
    const key = `${storageGroup(object.group, object.kind)}/${object.kind}`;
    const group = kinds.get(key);
    if (group === undefined) kinds.set(key, [object]);
    else group.push(object);
  }
  return kinds;
}
