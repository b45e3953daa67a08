import type { Cluster } from './cluster.ts';

/** The gates that change what admission decides, and the minor that turned them on by default (pkg/features/kube_features.go, v1.37). */
const ON_SINCE = { ProcMountType: 33, UserNamespacesSupport: 33, ValidatingAdmissionPolicy: 30 };

/** A feature gate of the API server. */
export type FeatureGate = keyof typeof ON_SINCE;

/** What an API server is, as far as it decides what it keeps of pods and policies. */
export interface PodServer {
  readonly minor: number;
  /** Feature gate ProcMountType: without it, procMount becomes Default and allowedProcMountTypes is dropped. */
  readonly procMountType: boolean;
}

/** Whether a feature gate is on in a cluster's API server: as settled, else its default. */
export function featureEnabled(cluster: Pick<Cluster, 'settings' | 'version'>, gate: FeatureGate): boolean {
  return cluster.settings.featureGates?.[gate] ?? cluster.version.value.minor >= ON_SINCE[gate];
}

const servers = new Map<string, PodServer>();

/** The API server of a cluster; one object for all that are alike, so that it can be the key of what is remembered. */
export function podServer(cluster: Pick<Cluster, 'settings' | 'version'>): PodServer {
  const { minor } = cluster.version.value;
  const procMountType = featureEnabled(cluster, 'ProcMountType');
  const key = `${minor} ${procMountType}`;
  const server = servers.get(key) ?? { minor, procMountType };
  servers.set(key, server);
  return server;
}
