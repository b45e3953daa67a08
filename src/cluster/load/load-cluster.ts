import type { ManifestObject } from '../../model/object.ts';
import type { Cluster, ClusterSettings } from '../index/cluster.ts';
import { controlPlaneOf } from '../components/control-plane.ts';
import { duplicateProblems } from './duplicate-problems.ts';
import { inFileOrder } from './file-order.ts';
import { identityKey, resolveNamespace, storageGroup } from '../index/identity.ts';
import { objectIndexes, type ObjectIndex } from '../index/object-index.ts';
import { customScopes } from '../index/scope.ts';
import { targetVersion } from '../components/target-version.ts';

export interface ClusterOptions {
  readonly name?: string;
  readonly settings?: ClusterSettings;
  /** Objects that are read but not linted: they stand for what the cluster holds already. */
  readonly context?: readonly ManifestObject[];
}

/**
 * Puts objects together into one cluster. The order of `objects` does not matter: they are put into file order, and of several manifests
 * of one identity the last in file order counts, as after `kubectl apply -R`; linted manifests count before context ones.
 */
export function loadCluster(objects: readonly ManifestObject[], options: ClusterOptions = {}): Cluster {
  const settings = options.settings ?? {};
  const context = inFileOrder(options.context ?? []);
  const all = [...inFileOrder(objects), ...context];
  const scopes = customScopes(all);
  const contextSet: ReadonlySet<ManifestObject> = new Set(context);

  const counted = new Map<string, ManifestObject>();
  const keys = new Map<ManifestObject, string>();
  const namespaces = new Map<ManifestObject, string>();
  for (const object of all) {
    const namespace = resolveNamespace(object, scopes);
    namespaces.set(object, namespace);
    if (object.name === '') continue; // generateName: every manifest is an object of its own
    const key = identityKey(storageGroup(object.group, object.kind), object.kind, namespace, object.name);
    keys.set(object, key);
    const earlier = counted.get(key);
    if (earlier === undefined || contextSet.has(earlier) === contextSet.has(object)) counted.set(key, object);
  }
  const existing: ManifestObject[] = [];
  const superseded: ManifestObject[] = [];
  const supersededBy = new Map<ManifestObject, ManifestObject>();
  for (const object of all) {
    const key = keys.get(object);
    const winner = key === undefined ? object : (counted.get(key) ?? object);
    if (winner === object) existing.push(object);
    else {
      superseded.push(object);
      supersededBy.set(object, winner);
    }
  }

  const policy = existing.find(
    (object) => object.kind === 'PodSecurityPolicy' && storageGroup(object.group, object.kind) === 'policy',
  );
  const cluster: Cluster = {
    name: options.name ?? '',
    settings,
    version: targetVersion(settings, controlPlaneOf(existing), policy),
    objects: existing,
    superseded,
    context: contextSet,
    problems: duplicateProblems(superseded, supersededBy, contextSet),
  };
  const index: ObjectIndex = { byIdentity: counted, namespaces, supersededBy };
  objectIndexes.set(cluster, index);
  return cluster;
}
