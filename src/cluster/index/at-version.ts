import { memo } from '../../lang/memo.ts';
import type { Cluster } from './cluster.ts';
import { objectIndexes } from './object-index.ts';

/** The same objects under an API server of another minor; the cluster itself where that is its own. `origin` is a clause, as of every settled value. */
export function atVersion(cluster: Cluster, minor: number, origin: string): Cluster {
  if (cluster.version.value.minor === minor) return cluster;
  const others = memo(cluster, noOthers);
  let other = others.get(minor);
  if (other === undefined) others.set(minor, (other = copyAt(cluster, minor, origin)));
  return other;
}

function noOthers(): Map<number, Cluster> {
  return new Map();
}

function copyAt(cluster: Cluster, minor: number, origin: string): Cluster {
  const other = { ...cluster, version: { value: { minor }, origin } };
  const index = objectIndexes.get(cluster);
  if (index === undefined) throw new Error('a Cluster must be made by loadCluster');
  // What exists, and where, does not depend on the version.
  objectIndexes.set(other, index);
  return other;
}
