import type { ManifestObject } from '../../model/object.ts';
import type { Cluster, ClusterSettings, KubernetesVersion, Settled } from '../index/cluster.ts';
import { controlPlaneOf } from '../components/control-plane.ts';
import { duplicateProblems } from './duplicate-problems.ts';
import { inFileOrder } from './file-order.ts';
import { identityKey, resolveNamespace, storageGroup } from '../index/identity.ts';
import { objectIndexes, type ObjectIndex } from '../index/object-index.ts';
import type { Refusal } from '../index/refusal.ts';
import { customScopes } from '../index/scope.ts';
import { refusals } from '../stored/write/refused-objects.ts';
import { isPodSecurityPolicy, targetVersion } from '../components/target-version.ts';

export interface ClusterOptions {
  readonly name?: string;
  readonly settings?: ClusterSettings;
  /** Objects that are read but not linted: they stand for what the cluster holds already. */
  readonly context?: readonly ManifestObject[];
}

/**
 * Puts objects together into one cluster. The order of `objects` does not matter: they are put into file order, and of several manifests
 * of one identity the last in file order counts, as after `kubectl apply -R`, unless the API server refuses it (`stored/write`); linted
 * manifests count before context ones.
 */
export function loadCluster(objects: readonly ManifestObject[], options: ClusterOptions = {}): Cluster {
  const settings = options.settings ?? {};
  const context = inFileOrder(options.context ?? []);
  const all = [...inFileOrder(objects), ...context];
  const scopes = customScopes(all);
  const namespaces = new Map<ManifestObject, string>();
  const keys = all.map((object) => {
    const { group, kind, name } = object;
    const namespace = resolveNamespace(object, scopes);
    namespaces.set(object, namespace);
    // generateName: every manifest is an object of its own.
    return name === '' ? undefined : identityKey(storageGroup(group, kind), kind, namespace, name);
  });
  const manifests: Manifests = {
    name: options.name ?? '',
    settings,
    all,
    namespaces,
    keys,
    context: new Set(context),
  };
  return clusterAt(manifests, versionOf(manifests));
}

/** The version is read from what would exist if the server refused nothing, as what it refuses depends on the version. */
function versionOf(manifests: Manifests): Settled<KubernetesVersion> {
  const { settings, all, keys } = manifests;
  const plane = controlPlaneOf(all);
  const policy = all.find(isPodSecurityPolicy);
  if (plane.components.length === 0 && policy === undefined) return targetVersion(settings, plane, policy);
  const counted = countedOf(manifests, () => false);
  const existing = all.filter((object, index) => {
    const key = keys[index];
    return key === undefined || counted.get(key) === object;
  });
  return targetVersion(settings, controlPlaneOf(existing), existing.find(isPodSecurityPolicy));
}

/** What a cluster is made of, whatever its version. */
interface Manifests {
  readonly name: string;
  readonly settings: ClusterSettings;
  /** In file order, context ones last. */
  readonly all: readonly ManifestObject[];
  readonly namespaces: ReadonlyMap<ManifestObject, string>;
  /** The identity of each; undefined without a name. */
  readonly keys: readonly (string | undefined)[];
  readonly context: ReadonlySet<ManifestObject>;
}

/**
 * The manifest that counts for each identity: the last that is not refused, linted ones before context ones. `isRefused` is asked of every manifest
 * in order, with the one that it would replace.
 */
function countedOf(
  { all, keys, context }: Manifests,
  isRefused: (object: ManifestObject, replaced: ManifestObject | undefined) => boolean,
): ReadonlyMap<string, ManifestObject> {
  const counted = new Map<string, ManifestObject>();
  all.forEach((object, index) => {
    const key = keys[index];
    const earlier = key === undefined ? undefined : counted.get(key);
    const replaced = earlier !== undefined && context.has(earlier) === context.has(object) ? earlier : undefined;
    if (isRefused(object, replaced) || key === undefined) return;
    if (earlier === undefined || replaced !== undefined) counted.set(key, object);
  });
  return counted;
}

function clusterAt(manifests: Manifests, version: Settled<KubernetesVersion>): Cluster {
  const { name, settings, all, namespaces, keys, context } = manifests;
  const server = refusals({ settings, version });
  const refused = new Map<ManifestObject, Refusal>();
  const counted = countedOf(manifests, (object, replaced) => {
    // The manifest of a component is a file of its kubelet, which nobody applies.
    const isChange = replaced !== undefined && controlPlaneOf([object]).components.length === 0;
    const refusal = server.created(object) ?? (isChange ? server.changed(replaced, object) : undefined);
    if (refusal !== undefined) refused.set(object, refusal);
    return refusal !== undefined;
  });
  const supersededBy = new Map<ManifestObject, ManifestObject>();
  // Unless every manifest counts as the only one of its identity.
  if (counted.size < all.length) {
    all.forEach((object, index) => {
      const key = keys[index];
      const winner = key === undefined ? undefined : counted.get(key);
      if (winner !== undefined && winner !== object && !refused.has(object)) supersededBy.set(object, winner);
    });
  }
  const superseded = [...supersededBy.keys()];
  const existing =
    refused.size + superseded.length === 0
      ? all
      : all.filter((object) => !refused.has(object) && !supersededBy.has(object));
  const cluster: Cluster = {
    name,
    settings,
    version,
    objects: existing,
    superseded,
    refused,
    context,
    problems: duplicateProblems(superseded, supersededBy, context),
  };
  const atVersion: ObjectIndex['atVersion'] = (other) => clusterAt(manifests, other);
  const unreplaced = refused.size === 0 ? existing : all.filter((object) => !supersededBy.has(object));
  const ordered = superseded.length === 0 ? unreplaced : [...unreplaced, ...superseded];
  objectIndexes.set(cluster, { manifests: ordered, byIdentity: counted, namespaces, supersededBy, atVersion });
  return cluster;
}
