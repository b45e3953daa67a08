import type { Cluster } from './cluster.ts';

/** Gates that are off by default in every version that has PodSecurityPolicy, and that change what it decides. */
export type FeatureGate = 'ProcMountType';

/** What an API server is, as far as it decides what it keeps of pods and policies. */
export interface PodServer {
  readonly minor: number;
  /** Feature gate ProcMountType: without it, procMount becomes Default and allowedProcMountTypes is dropped. */
  readonly procMountType: boolean;
}

/** Whether a feature gate is on in a cluster's API server: as settled, else its default, which is off. */
export function featureEnabled(cluster: Cluster, gate: FeatureGate): boolean {
  return cluster.settings.featureGates?.[gate] ?? false;
}

/** The API server of a cluster. */
export function podServer(cluster: Cluster): PodServer {
  return { minor: cluster.version.value.minor, procMountType: featureEnabled(cluster, 'ProcMountType') };
}
