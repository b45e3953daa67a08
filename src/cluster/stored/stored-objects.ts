import { compareBytes } from '../../lang/byte-order.ts';
import { memo } from '../../lang/memo.ts';
import { objectValue } from '../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import { podServer } from '../index/feature-gates.ts';
import { storageGroup } from '../index/identity.ts';
import { namespaceOf, objectsOfKind } from '../index/object-index.ts';
import { decodedObject } from './object-kinds/server-object.ts';
import { metadataOf } from './object-metadata.ts';

/** An object as the API server keeps it: decoded and defaulted, its status and the metadata of a living object kept. */
export interface StoredObject {
  readonly object: ManifestObject;
  /** '' for kinds without one. */
  readonly namespace: string;
  readonly name: string;
  readonly value: JsonObject;
}

/**
 * The objects of a kind that exist in a cluster in byte order of namespace and name, as admission plugins see them through their listers. Objects without a manifest (system
 * namespaces, the accounts `default`, bootstrap roles, system priority classes) are not among them. Memoised per cluster and kind.
 */
export function storedObjects(cluster: Cluster, group: string, kind: string): readonly StoredObject[] {
  return memo(cluster, collect, `${group}/${kind}`);
}

/** Those in one namespace. */
export function storedIn(cluster: Cluster, group: string, kind: string, namespace: string): readonly StoredObject[] {
  return storedObjects(cluster, group, kind).filter((each) => each.namespace === namespace);
}

/** One of them by name; `namespace` is '' for kinds without one. */
export function storedObject(
  cluster: Cluster,
  group: string,
  kind: string,
  namespace: string,
  name: string,
): StoredObject | undefined {
  return storedIn(cluster, group, kind, namespace).find((each) => each.name === name);
}

function collect(cluster: Cluster, groupKind: string): readonly StoredObject[] {
  const [group = '', kind = ''] = groupKind.split('/');
  return objectsOfKind(cluster, group, kind)
    .map((object): StoredObject => ({ object, name: object.name, ...decodeObject(cluster, object) }))
    .sort((left, right) => compareBytes(left.namespace, right.namespace) || compareBytes(left.name, right.name));
}

/** An object decoded and defaulted, in its namespace; refused ones are decoded too. */
export function decodeObject(
  cluster: Cluster,
  object: ManifestObject,
): { readonly namespace: string; readonly value: JsonObject } {
  const group = storageGroup(object.group, object.kind);
  const namespace = namespaceOf(cluster, object);
  const value = decodedObject(objectValue(object, cluster.version.value), group, podServer(cluster));
  const metadata: JsonObject = { ...metadataOf(value) };
  if (namespace === '') delete metadata.namespace;
  else metadata.namespace = namespace;
  value.metadata = metadata;
  return { namespace, value };
}
