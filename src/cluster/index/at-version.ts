import type { Cluster } from './cluster.ts';
import { objectIndexes } from './object-index.ts';

const known = new WeakMap<Cluster, Map<number, Cluster>>();

/** The same objects under an API server of another minor; the cluster itself where that is its own. `origin` is a clause, as of every settled value. */
export function atVersion(cluster: Cluster, minor: number, origin: string): Cluster {
  if (cluster.version.value.minor === minor) return cluster;
  let byMinor = known.get(cluster);
  if (byMinor === undefined) known.set(cluster, (byMinor = new Map<number, Cluster>()));
  let other = byMinor.get(minor);
  if (other === undefined) {
    other = { ...cluster, version: { value: { minor }, origin } };
    const index = objectIndexes.get(cluster);
    if (index === undefined) throw new Error('a Cluster must be made by loadCluster');
    // What exists, and where, does not hang on the version.
    objectIndexes.set(other, index);
    byMinor.set(minor, other);
  }
  return other;
}
