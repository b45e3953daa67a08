import type { Cluster } from '../../cluster/cluster.ts';

/** How what one policy admits lies to what another does. */
export type PolicyRelation = 'equal' | 'stricter' | 'laxer' | 'incomparable';

/** A memoised comparison of the cluster's policies by name. */
export function comparer(_cluster: Cluster): (policy: string, other: string) => PolicyRelation {
  return () => 'incomparable';
}
