import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { UsageError } from '../values/usage-error.ts';

/** The pods to select. */
export interface PodsRequest {
  /** `NAME`, `NAMESPACE/NAME` or `KIND/NAME` of a pod or of the workload that makes it; absent: all. */
  readonly pod?: string;
}

/** A cluster with the selected pods, in the order of the manifests. */
export interface AskedPods {
  readonly cluster: Cluster;
  readonly pods: readonly PodSource[];
}

/**
 * The pods of linted manifests that a question selects; pods of context manifests are never included. Where a pod is named, clusters without
 * it are left out.
 * @throws UsageError for a name that no pod has.
 */
export function askedPods(clusters: readonly { readonly cluster: Cluster }[], { pod }: PodsRequest): AskedPods[] {
  const all = clusters.map(({ cluster }) => ({
    cluster,
    pods: podsOf(cluster).filter(({ owner }) => !cluster.context.has(owner)),
  }));
  if (pod === undefined) return all;
  const found = all
    .map(({ cluster, pods }) => ({ cluster, pods: pods.filter((source) => isPodNamed(source, pod)) }))
    .filter(({ pods }) => pods.length > 0);
  if (found.length > 0) return found;
  throw noPod(
    pod,
    all.flatMap(({ pods }) => pods),
  );
}

function isPodNamed(source: PodSource, wanted: string): boolean {
  const { owner, namespace } = source;
  const [name = '', ...before] = wanted.split('/').reverse();
  if (name !== owner.name && name !== source.name) return false;
  return before.every((part) => part === namespace || part.toLowerCase() === owner.kind.toLowerCase());
}

function noPod(name: string, sources: readonly PodSource[]): UsageError {
  const names = [...new Set(sources.map(({ namespace, owner }) => `${namespace}/${owner.name}`))];
  const listed = names.slice(0, 8).join(', ');
  return new UsageError(`no pod \`${name}\``, names.length === 0 ? 'the manifests make no pod' : `there are ${listed}`);
}
