import type { Cluster, Settled } from './cluster.ts';
import { listedIn } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { formatKubernetesVersion } from './target-version.ts';

const PLUGIN = 'PodSecurity';
/** Pod Security Admission is on by default since this minor; in the one before it was behind a gate. */
const FIRST_MINOR = 23;
/** The gate is locked from the next minor on. */
const LAST_GATED_MINOR = 24;

/**
 * Whether Pod Security Admission judges pods in this cluster: by default since 1.23, unless the kube-apiserver is told otherwise. Mirrors
 * pkg/kubeapiserver/options/plugins.go (DefaultOffAdmissionPlugins) and the feature gate PodSecurity, v1.22 to v1.37.
 */
export function psaInForce(cluster: Cluster): Settled<boolean> {
  const { version, settings } = cluster;
  const gate = settings.featureGates?.[PLUGIN];
  const { minor } = version.value;
  if (gate !== undefined && minor >= FIRST_MINOR - 1 && minor <= LAST_GATED_MINOR) {
    if (!gate || minor < FIRST_MINOR) return { value: gate, origin: `feature gate ${PLUGIN}` };
  }
  if (minor < FIRST_MINOR) {
    const target = `${formatKubernetesVersion(version.value)}: ${version.origin}`;
    return { value: false, origin: `Pod Security Admission is on since Kubernetes 1.23 (target ${target})` };
  }
  for (const server of controlPlane(cluster).apiServers) {
    const off = listedIn(server, 'disable-admission-plugins').find(({ value }) => value === PLUGIN);
    if (off !== undefined)
      return { value: false, origin: `kube-apiserver has --${off.name}=…,${PLUGIN}`, place: off.place };
  }
  return { value: true, origin: 'on by default since Kubernetes 1.23' };
}
