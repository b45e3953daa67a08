import type { Cluster, Settled } from '../index/cluster.ts';
import { type Component, type ComponentFlag, listedIn } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { formatKubernetesVersion } from './target-version.ts';

const PLUGIN = 'PodSecurity';
/** Pod Security Admission is on by default since this minor; in the one before it was behind a gate. */
const FIRST_MINOR = 23;
/** The gate is locked from the next minor on. */
const LAST_GATED_MINOR = 24;

/**
 * Whether Pod Security Admission judges pods in this cluster: by default since 1.23, unless the kube-apiserver is told otherwise; in 1.22 behind
 * its gate. Mirrors pkg/kubeapiserver/options (computePluginNames, DefaultOffAdmissionPlugins) and the feature gate PodSecurity, v1.22 to v1.37.
 */
export function psaInForce(cluster: Cluster): Settled<boolean> {
  const { version, settings } = cluster;
  const { minor } = version.value;
  const configured = settings.admissionPlugins?.[PLUGIN];
  if (configured !== undefined && minor >= FIRST_MINOR - 1) {
    return { value: configured, origin: 'set in the configuration' };
  }
  const servers = controlPlane(cluster).apiServers;
  if (minor >= FIRST_MINOR - 1 && minor <= LAST_GATED_MINOR) {
    const gate = settings.featureGates?.[PLUGIN];
    const flag = servers.map(gateFlag).find((each) => each !== undefined);
    const open = gate ?? (flag === undefined ? undefined : flag.value.endsWith('=true'));
    if (open !== undefined && (!open || minor < FIRST_MINOR)) {
      const place = gate === undefined ? flag?.place : undefined;
      return { value: open, origin: `feature gate ${PLUGIN}`, ...(place === undefined ? {} : { place }) };
    }
  }
  if (minor < FIRST_MINOR) {
    const target = `${formatKubernetesVersion(version.value)}: ${version.origin}`;
    return { value: false, origin: `Pod Security Admission is on since Kubernetes 1.23 (target ${target})` };
  }
  for (const server of servers) {
    const off = listedIn(server, 'disable-admission-plugins').find(({ value }) => value === PLUGIN);
    if (off !== undefined)
      return { value: false, origin: `kube-apiserver has --${off.name}=…,${PLUGIN}`, place: off.place };
    // The old flag lists all plugins that run.
    const listed = listedIn(server, 'admission-control');
    const [first] = listed;
    if (first !== undefined && listed.every(({ value }) => value !== PLUGIN)) {
      return { value: false, origin: `kube-apiserver has --${first.name} without ${PLUGIN}`, place: first.place };
    }
  }
  return { value: true, origin: 'on by default since Kubernetes 1.23' };
}

/** The use of --feature-gates that sets the gate of the plugin; later ones count. */
function gateFlag(server: Component): ComponentFlag | undefined {
  return listedIn(server, 'feature-gates').findLast(({ value }) => value.startsWith(`${PLUGIN}=`));
}
