import type { Cluster, Settled } from '../index/cluster.ts';
import { memo } from '../../lang/memo.ts';
import { type Component, listedIn } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { manifestsOf } from '../index/object-index.ts';
import { formatKubernetesVersion, isPodSecurityPolicy, lastPodSecurityPolicyMinor } from './target-version.ts';

/** `unknown` only where manifests contradict each other. */
export type PSPState = 'on' | 'off' | 'unknown';

const plugin = 'PodSecurityPolicy';
const decide = 'set `podSecurityPolicy` in the configuration, or add the kube-apiserver manifest to the tree';
/**
 * Whether the PodSecurityPolicy admission plugin judges pods in this cluster. In turn: the target version (gone in 1.25), the
 * configuration, the flags of the kube-apiserver in the tree (off unless enabled, mirrors apiserver pkg/server/options/admission.go
 * enabledPluginNames), else the presence of policies, which is an assumption and says so.
 */
export function pspInForce(cluster: Cluster): Settled<PSPState> {
  return memo(cluster, settle);
}

function settle(cluster: Cluster): Settled<PSPState> {
  const { version, settings } = cluster;
  if (version.value.minor > lastPodSecurityPolicyMinor) {
    const target = `${formatKubernetesVersion(version.value)}: ${version.origin}`;
    return {
      value: 'off',
      origin: `PodSecurityPolicy was removed in Kubernetes 1.25 (target ${target})`,
      ...(version.decide === undefined ? {} : { decide: version.decide }),
    };
  }
  const configured = settings.admissionPlugins?.[plugin] ?? settings.podSecurityPolicy;
  if (configured !== undefined) return { value: configured ? 'on' : 'off', origin: 'set in the configuration' };
  const servers = controlPlane(cluster).apiServers;
  const [first] = servers;
  if (first !== undefined) {
    const states = servers.map(stateOf);
    const state = states.find((each) => each.value === 'unknown') ?? states[0];
    if (state !== undefined && states.every((each) => each.value === state.value)) return state;
    const files = [...new Set(servers.map((server) => server.place.object.document.file.path))].join(', ');
    return {
      value: 'unknown',
      origin: `the kube-apiserver manifests contradict each other: ${files}`,
      decide: 'set `podSecurityPolicy` in the configuration, or split the tree with `clusters`',
      place: first.place,
    };
  }
  // Also one that the server refuses tells what the cluster is meant to be.
  const policy = manifestsOf(cluster).find(isPodSecurityPolicy);
  if (policy === undefined)
    return { value: 'off', origin: 'there are no PodSecurityPolicies and no kube-apiserver manifest', decide };
  const origin = 'there are PodSecurityPolicies and no kube-apiserver manifest, so the plugin is taken to be on';
  return { value: 'on', origin, decide, place: { object: policy, path: ['kind'] } };
}

function stateOf(server: Component): Settled<PSPState> {
  const enabled = [...listedIn(server, 'enable-admission-plugins'), ...listedIn(server, 'admission-control')];
  const on = enabled.find((flag) => flag.value === plugin);
  const off = listedIn(server, 'disable-admission-plugins').find((flag) => flag.value === plugin);
  if (on !== undefined && off !== undefined) {
    return {
      value: 'unknown',
      origin: 'kube-apiserver is told both to enable and to disable the plugin, and would not start',
      place: off.place,
    };
  }
  if (on !== undefined) return { value: 'on', origin: `kube-apiserver has --${on.name}=…,${plugin}`, place: on.place };
  if (off !== undefined)
    return { value: 'off', origin: `kube-apiserver has --${off.name}=…,${plugin}`, place: off.place };
  return {
    value: 'off',
    origin: 'kube-apiserver does not enable the plugin, which is off by default',
    place: enabled[0]?.place ?? server.place,
  };
}
