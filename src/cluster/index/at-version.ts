import { memo } from '../../lang/memo.ts';
import type { Cluster } from './cluster.ts';
import { indexOf } from './object-index.ts';

/**
 * The same manifests under an API server of another minor, which may refuse others of them; the cluster itself where that is its own.
 * `origin` is a clause, as of every settled value.
 */
export function atVersion(cluster: Cluster, minor: number, origin: string): Cluster {
  if (cluster.version.value.minor === minor) return cluster;
  const others = memo(cluster, noOthers);
  let other = others.get(minor);
  if (other === undefined) others.set(minor, (other = indexOf(cluster).atVersion({ value: { minor }, origin })));
  return other;
}

function noOthers(): Map<number, Cluster> {
  return new Map();
}
