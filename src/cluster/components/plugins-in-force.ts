import { memo } from '../../lang/memo.ts';
import { type BuiltInPlugin, builtInPlugins } from './admission-plugins.ts';
import type { Cluster, Settled } from '../index/cluster.ts';
import { featureEnabled } from '../index/feature-gates.ts';
import { type Component, listedIn } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { pluginState } from './plugin-state.ts';
import { psaInForce } from './psa-in-force.ts';
import { pspInForce } from './psp-in-force.ts';
import { formatKubernetesVersion } from './target-version.ts';

/** `unknown` only where manifests contradict each other, or where the server would not start. */
export type PluginForce = 'on' | 'off' | 'unknown';

/** One plugin of the version's kube-apiserver, and whether it runs. */
export interface PluginInForce extends Settled<PluginForce> {
  readonly name: string;
}

const DECIDE = 'set `admissionPlugins` in the configuration, or add the kube-apiserver manifest to the tree';
/** The plugin is on by default since 1.26, and does nothing while the gate of its name is off. */
const GATED = 'ValidatingAdmissionPolicy';
const DECIDE_GATE = `set \`featureGates.${GATED}\` in the configuration`;

/**
 * Which admission plugins judge requests in this cluster, in the order in which they run, off and unknown ones included. Of each in turn: the
 * configuration, the flags of the kube-apiserver in the tree, else what its version does by default, which is an assumption and says so.
 * PodSecurityPolicy without a kube-apiserver manifest is on where there are policies (`pspInForce`). Mirrors enabledPluginNames of apiserver
 * pkg/server/options and DefaultOffAdmissionPlugins of pkg/kubeapiserver/options, v1.11 to v1.37. Memoised per cluster.
 */
export function pluginsInForce(cluster: Cluster): readonly PluginInForce[] {
  return memo(cluster, settleAll);
}

function settleAll(cluster: Cluster): readonly PluginInForce[] {
  return builtInPlugins(cluster.version.value.minor).map((plugin) => memo(cluster, settled, plugin));
}

function settled(cluster: Cluster, plugin: BuiltInPlugin): PluginInForce {
  return { name: plugin.name, ...settle(cluster, plugin) };
}

/** Whether a name is that of a plugin that runs. */
export function isPluginOn(cluster: Cluster, name: string): boolean {
  return builtInPlugins(cluster.version.value.minor).some(
    (plugin) => plugin.name === name && memo(cluster, settled, plugin).value === 'on',
  );
}

function settle(cluster: Cluster, plugin: BuiltInPlugin): Settled<PluginForce> {
  const { name, onByDefault } = plugin;
  const { admissionPlugins = {} } = cluster.settings;
  const configured = Object.hasOwn(admissionPlugins, name) ? admissionPlugins[name] : undefined;
  if (configured !== undefined) return { value: configured ? 'on' : 'off', origin: 'set in the configuration' };
  if (name === 'PodSecurityPolicy') return pspInForce(cluster);
  if (name === GATED && !featureEnabled(cluster, GATED)) {
    const version = formatKubernetesVersion(cluster.version.value);
    return { value: 'off', origin: `feature gate ${GATED} is off in Kubernetes ${version}`, decide: DECIDE_GATE };
  }
  const [first, ...others] = controlPlane(cluster).apiServers;
  if (first === undefined) {
    const version = `Kubernetes ${formatKubernetesVersion(cluster.version.value)}`;
    const origin = `${onByDefault ? 'on' : 'off'} by default in ${version}, and there is no kube-apiserver manifest`;
    return { value: onByDefault ? 'on' : 'off', origin, decide: DECIDE };
  }
  const states = [first, ...others].map((server) => stateOf(cluster, server, name));
  const [state] = states;
  if (state === undefined || states.some(({ value }) => value !== state.value)) return contradiction(first);
  if (name === 'PodSecurity' && state.value === 'on' && !psaInForce(cluster).value) {
    return { ...psaInForce(cluster), value: 'off' };
  }
  return state;
}

function stateOf(cluster: Cluster, server: Component, name: string): Settled<PluginForce> {
  const enabled = listedIn(server, 'enable-admission-plugins').some(({ value }) => value === name);
  const disabled = listedIn(server, 'disable-admission-plugins').find(({ value }) => value === name);
  if (enabled && disabled !== undefined) {
    const origin = 'kube-apiserver is told both to enable and to disable the plugin, and would not start';
    return { value: 'unknown', origin, place: disabled.place, decide: 'take it out of one of the two flags' };
  }
  const state = pluginState(server, name, cluster.version.value);
  if (state === undefined) return { value: 'off', origin: 'the version has no such plugin', place: server.place };
  return { value: state.on ? 'on' : 'off', origin: state.words, place: state.place };
}

function contradiction(first: Component): Settled<PluginForce> {
  return {
    value: 'unknown',
    origin: 'the kube-apiserver manifests contradict each other',
    decide: 'set `admissionPlugins` in the configuration, or split the tree with `clusters`',
    place: first.place,
  };
}
