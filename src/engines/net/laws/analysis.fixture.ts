import type { Cluster, ClusterSettings } from '../../../cluster/index/cluster.ts';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import { isLeaf } from '../../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import type { JsonObject } from '../../../model/object.ts';

/** The cluster of some manifests. */
export function clusterOf(objects: readonly JsonObject[], settings: ClusterSettings = {}): Cluster {
  return loadCluster(manifestsOf('all.yaml', ...objects), { settings });
}

/** Which of some TCP ports a set holds; `all` or `none` where it holds every packet or none. */
export function tcp(traffic: TrafficSet, ...ports: number[]): string {
  if (isLeaf(traffic)) return traffic.value ? 'all' : 'none';
  return ports.filter((port) => valueAt(traffic, [6, port, 40_000])).join();
}
