import { compareBytes } from '../../lang/byte-order.ts';
import { goQuote } from '../../lang/go-quote.ts';
import { memo } from '../../lang/memo.ts';
import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import { objectValue } from '../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import { podServer } from '../index/feature-gates.ts';
import { aggregateMessages, type FieldError } from '../index/field-error.ts';
import { withPlainPrefix } from '../index/generated-name.ts';
import { storageGroup } from '../index/identity.ts';
import { metadataErrors } from '../validation/metadata-validation.ts';
import { dnsSubdomainErrors } from '../validation/name-formats.ts';
import { namespaceOf, objectsOfKind } from '../index/object-index.ts';
import { objectKind } from './object-kinds/object-kinds.ts';
import { decodedObject } from './object-kinds/server-object.ts';
import { metadataOf } from './object-metadata.ts';
import type { RefusedObject } from './stored-rbac.ts';

/** An object as the API server keeps it: decoded and defaulted, its status and the metadata of a living object kept. */
export interface StoredObject {
  readonly object: ManifestObject;
  /** '' for kinds without one. */
  readonly namespace: string;
  readonly name: string;
  readonly value: JsonObject;
}

/** The objects of a kind in byte order of namespace and name, and the manifests that the API server would not store. */
export interface StoredObjects {
  readonly stored: readonly StoredObject[];
  readonly refused: readonly RefusedObject[];
}

/** Privileged pods that exist were let in, whatever the server's flags say about new ones. */
const OPTIONS = { allowPrivileged: true };

/**
 * The objects of a kind that exist in a cluster, as admission plugins see them through their listers. Objects without a manifest (system
 * namespaces, the accounts `default`, bootstrap roles, system priority classes) are not among them. Memoised per cluster and kind.
 */
export function storedObjects(cluster: Cluster, group: string, kind: string): StoredObjects {
  return memo(cluster, collect, `${group}/${kind}`);
}

/** Those in one namespace. */
export function storedIn(cluster: Cluster, group: string, kind: string, namespace: string): readonly StoredObject[] {
  return storedObjects(cluster, group, kind).stored.filter((each) => each.namespace === namespace);
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

function collect(cluster: Cluster, groupKind: string): StoredObjects {
  const [group = '', kind = ''] = groupKind.split('/');
  const stored = new Map<string, StoredObject>();
  const refused: RefusedObject[] = [];
  // A superseded manifest stays what it is where the server refuses the one that comes after it.
  const superseded = cluster.superseded.filter(
    (object) => object.kind === kind && storageGroup(object.group, kind) === group,
  );
  for (const object of [...superseded, ...objectsOfKind(cluster, group, kind)]) {
    const { namespace, value, errors } = decodeObject(cluster, object);
    const { name } = object;
    if (errors.length > 0) refused.push({ object, message: invalid(group, kind, name, errors), errors });
    else
      stored.set(name === '' ? `generated ${stored.size}` : `${namespace}/${name}`, { object, namespace, name, value });
  }
  const inOrder = [...stored.values()].sort(
    (left, right) => compareBytes(left.namespace, right.namespace) || compareBytes(left.name, right.name),
  );
  return { stored: inOrder, refused };
}

/** An object decoded and defaulted, in its namespace, and what validation has against it; refused ones are decoded too. */
export function decodeObject(
  cluster: Cluster,
  object: ManifestObject,
): { readonly namespace: string; readonly value: JsonObject; readonly errors: readonly FieldError[] } {
  const group = storageGroup(object.group, object.kind);
  const namespace = namespaceOf(cluster, object);
  const value = decodedObject(objectValue(object, cluster.version.value), group, podServer(cluster));
  const metadata: JsonObject = { ...metadataOf(value) };
  if (namespace === '') delete metadata.namespace;
  else metadata.namespace = namespace;
  value.metadata = metadata;
  return { namespace, value, errors: objectErrors(cluster, group, object.kind, value) };
}

function objectErrors(cluster: Cluster, group: string, kind: string, value: JsonObject): readonly FieldError[] {
  const known = objectKind(group, kind);
  if (known === undefined) return [];
  if (known.errors !== undefined) return known.errors(value, podServer(cluster), OPTIONS);
  const metadata: ObjectMeta = metadataOf(value);
  return metadataErrors(withPlainPrefix(metadata), metadata.namespace !== undefined, dnsSubdomainErrors);
}

function invalid(group: string, kind: string, name: string, errors: readonly FieldError[]): string {
  const list = aggregateMessages(errors.map(({ message }) => message));
  return `${group === '' ? kind : `${kind}.${group}`} ${goQuote(name)} is invalid: ${list}`;
}
