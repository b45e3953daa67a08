import type { Cluster } from '../../cluster/index/cluster.ts';
import { manifestsOf } from '../../cluster/index/object-index.ts';
import { noMatches } from '../../model/api-version-problem.ts';
import { checkObjects, type ObjectsCheck } from '../../model/check-objects.ts';
import { type CustomKinds, customKinds } from '../../model/custom-kinds.ts';
import type { ManifestObject } from '../../model/object.ts';

/** A kind whose objects were checked against no schema, because none is known. */
export interface UnjudgedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** How many there are, in all clusters of the tree. */
  readonly objects: number;
  /**
   * Where a CustomResourceDefinition makes the kind: nowhere in the tree, in another of its clusters only, or in the cluster of the first
   * object, without a schema that holds (it has none, or another one says otherwise).
   */
  readonly defined: 'nowhere' | 'elsewhere' | 'without-schema';
}

/** What holding objects to their schemas finds, and the custom kinds that were known for it. */
export interface SchemaCheck extends ObjectsCheck {
  readonly custom: CustomKinds;
}

/** The objects of a cluster that are linted, superseded and refused ones included. */
export function lintedObjects(cluster: Cluster): readonly ManifestObject[] {
  const { context } = cluster;
  const all = manifestsOf(cluster);
  return context.size === 0 ? all : all.filter((object) => !context.has(object));
}

const checks = new WeakMap<Cluster, SchemaCheck>();

/** What holding a cluster's linted objects to their schemas finds; done once. */
export function schemaCheck(cluster: Cluster): SchemaCheck {
  let check = checks.get(cluster);
  if (check === undefined) {
    const version = cluster.version.value;
    const custom = customKinds(manifestsOf(cluster), version);
    check = { ...checkObjects(lintedObjects(cluster), version, custom), custom };
    checks.set(cluster, check);
  }
  return check;
}

/** The rules that report kinds which do not exist. */
const KIND_RULES = new Set(['api-version', 'unknown-kind']);

/** Groups of configuration files that look like objects and are never sent to a server. */
const FILE_GROUPS = new Set([
  'apiserver.config.k8s.io',
  'audit.k8s.io',
  'client.authentication.k8s.io',
  'controllermanager.config.k8s.io',
  'kind.x-k8s.io',
  'kubeadm.k8s.io',
  'kubelet.config.k8s.io',
  'kubeproxy.config.k8s.io',
  'kubescheduler.config.k8s.io',
  'kustomize.config.k8s.io',
]);

/**
 * The kinds without a schema, in the order in which they are met, each with its objects in all clusters of a tree. What is reported as no
 * kind at all is left out.
 */
export function unjudgedKinds(clusters: readonly Cluster[]): readonly UnjudgedKind[] {
  const counts = new Map<string, number>();
  const firsts = new Map<string, { readonly cluster: Cluster; readonly object: ManifestObject }>();
  for (const cluster of clusters) {
    const { unjudged, problems } = schemaCheck(cluster);
    if (unjudged.size === 0) continue;
    const said = new Set(problems.flatMap(({ rule, message }) => (KIND_RULES.has(rule) ? [message] : [])));
    for (const [key, count] of unjudged) counts.set(key, (counts.get(key) ?? 0) + count);
    for (const object of lintedObjects(cluster)) {
      const key = `${object.apiVersion} ${object.kind}`;
      if (!unjudged.has(key) || firsts.has(key) || FILE_GROUPS.has(object.group)) continue;
      if (!said.has(noMatches(object))) firsts.set(key, { cluster, object });
    }
  }
  return [...firsts].map(([key, { cluster, object }]): UnjudgedKind => {
    const { apiVersion, kind } = object;
    const defined = schemaCheck(cluster).custom.has(key)
      ? 'without-schema'
      : clusters.some((other) => schemaCheck(other).custom.has(key))
        ? 'elsewhere'
        : 'nowhere';
    return { apiVersion, kind, objects: counts.get(key) ?? 0, defined };
  });
}
