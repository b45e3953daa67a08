import { memo } from '../../lang/memo.ts';
import { record } from '../../model/json.ts';
import { objectValue } from '../../model/object-value.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { Cluster } from '../index/cluster.ts';
import type { ImplicitObject } from '../index/implicit-object.ts';
import { findObject, manifestsOf, namespaceOf, objectsOfKind } from '../index/object-index.ts';
import { podsOf } from '../pods/pods-of.ts';

/** A namespace or account that exists in the cluster, with or without a manifest. */
export interface Existing {
  readonly name: string;
  /** '' for a namespace. */
  readonly namespace: string;
  readonly object: ManifestObject | ImplicitObject;
  /** Whether it only exists because something in the tree uses it; output must say so. */
  readonly assumed: boolean;
}

export interface ExistingNamespace extends Existing {
  /** With the labels that the server adds. */
  readonly labels: Readonly<Record<string, string>>;
}

const systemNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** The namespaces of a cluster by name: declared, those every cluster has, and those that something in the tree lives in. */
export function namespacesOf(cluster: Cluster): ReadonlyMap<string, ExistingNamespace> {
  return memo(cluster, collectNamespaces);
}

function collectNamespaces(cluster: Cluster): ReadonlyMap<string, ExistingNamespace> {
  const found = new Map<string, ExistingNamespace>();
  const add = (
    name: string,
    object: ManifestObject | ImplicitObject,
    assumed: boolean,
    written: Record<string, string>,
  ): void => {
    // Set by the server since 1.21 (NamespaceDefaultLabelName).
    const labels = cluster.version.value.minor >= 21 ? { ...written, 'kubernetes.io/metadata.name': name } : written;
    if (!found.has(name)) found.set(name, { name, namespace: '', object, assumed, labels });
  };
  for (const object of objectsOfKind(cluster, '', 'Namespace')) {
    if (object.name !== '') add(object.name, object, false, stringsOf(cluster, object));
  }
  for (const name of systemNamespaces) add(name, implicit('Namespace', '', name, 'every cluster has it'), false, {});
  for (const object of manifestsOf(cluster)) {
    const name = namespaceOf(cluster, object);
    if (name !== '' && !found.has(name))
      add(name, implicit('Namespace', '', name, 'used by objects of the tree'), true, {});
  }
  return found;
}

function stringsOf(cluster: Cluster, object: ManifestObject): Record<string, string> {
  const labels = record(record(objectValue(object, cluster.version.value).metadata).labels);
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

function implicit(kind: string, namespace: string, name: string, origin: string): ImplicitObject {
  return { implicit: true, apiVersion: 'v1', kind, name, namespace, origin };
}

/**
 * One ServiceAccount: as declared, or the `default` of its namespace, which the controller makes. Any other exists by assumption: without
 * it the server would refuse the pods that use it, and it is more likely to be made elsewhere than to be forgotten.
 */
export function serviceAccountOf(cluster: Cluster, namespace: string, name: string): Existing {
  const declared = findObject(cluster, '', 'ServiceAccount', namespace, name);
  if (declared !== undefined) return { name, namespace, object: declared, assumed: false };
  const given = name === 'default';
  const origin = given ? 'every namespace has one' : 'used by pods of the tree';
  return { name, namespace, object: implicit('ServiceAccount', namespace, name, origin), assumed: !given };
}

/**
 * The ServiceAccounts of a cluster that its manifests tell of, by namespace and name: declared ones, the `default` of every namespace, and
 * those that pods run as.
 */
export function serviceAccountsOf(cluster: Cluster): readonly Existing[] {
  return memo(cluster, collectAccounts);
}

function collectAccounts(cluster: Cluster): readonly Existing[] {
  const found = new Map<string, Existing>();
  const add = (namespace: string, name: string): void => {
    const key = `${namespace}/${name}`;
    if (!found.has(key)) found.set(key, serviceAccountOf(cluster, namespace, name));
  };
  for (const object of objectsOfKind(cluster, '', 'ServiceAccount'))
    if (object.name !== '') add(namespaceOf(cluster, object), object.name);
  for (const namespace of namespacesOf(cluster).keys()) add(namespace, 'default');
  for (const pod of podsOf(cluster)) if (pod.accountName !== '') add(pod.namespace, pod.accountName);
  return [...found].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)).map(([, account]) => account);
}
