import type { Cluster } from './cluster.ts';

/** Gates that are off by default in every version that has PodSecurityPolicy, and that change what it decides. */
export type FeatureGate = 'ProcMountType';

/** Whether a feature gate is on in a cluster's API server: as settled, else its default, which is off. */
export function featureEnabled(cluster: Cluster, gate: FeatureGate): boolean {
  return cluster.settings.featureGates?.[gate] ?? false;
}
