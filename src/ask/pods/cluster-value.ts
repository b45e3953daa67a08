import type { Cluster } from '../../cluster/index/cluster.ts';
import { pspInForce } from '../../cluster/components/psp-in-force.ts';
import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';

/** A cluster, and the version that it is judged for. */
export interface ClusterValue {
  /** '' when the tree is one cluster. */
  readonly name: string;
  /** `1.24`. */
  readonly kubernetesVersion: string;
  /** How the version was settled. */
  readonly versionOrigin: string;
}

/** A cluster, and whether its API server has the PodSecurityPolicy plugin on. */
export interface PspClusterValue extends ClusterValue {
  readonly podSecurityPolicy: { readonly state: 'on' | 'off' | 'unknown'; readonly origin: string };
}

/** A cluster as plain JSON. */
export function clusterValue({ name, version }: Cluster): ClusterValue {
  return { name, kubernetesVersion: formatKubernetesVersion(version.value), versionOrigin: version.origin };
}

/** The same with the state of PodSecurityPolicy. */
export function pspClusterValue(cluster: Cluster): PspClusterValue {
  const { value, origin } = pspInForce(cluster);
  return { ...clusterValue(cluster), podSecurityPolicy: { state: value, origin } };
}
