import { isPluginName } from '../../cluster/components/admission-plugins.ts';
import { alwaysDeny } from './plugins/always-deny.ts';
import { alwaysPullImages } from './plugins/always-pull-images.ts';
import { defaultIngressClass } from './plugins/default-ingress-class.ts';
import { defaultStorageClass } from './plugins/default-storage-class.ts';
import { defaultTolerationSeconds } from './plugins/default-toleration-seconds.ts';
import { denyServiceExternalIPs } from './plugins/deny-service-external-ips.ts';
import { extendedResourceToleration } from './plugins/extended-resource-toleration.ts';
import { limitPodHardAntiAffinityTopology } from './plugins/limit-pod-hard-anti-affinity-topology.ts';
import { limitRanger } from './limits/limit-ranger.ts';
import { namespaceExists } from './plugins/namespace-exists.ts';
import { namespaceLifecycle } from './plugins/namespace-lifecycle.ts';
import { nodeRestriction } from './node/node-restriction.ts';
import { persistentVolumeClaimResize } from './plugins/persistent-volume-claim-resize.ts';
import type { AdmissionPlugin } from './request/plugin.ts';
import { podNodeSelector } from './plugins/pod-node-selector.ts';
import { podSecurity } from './plugins/pod-security.ts';
import { podSecurityPolicy } from './plugins/pod-security-policy.ts';
import { podTolerationRestriction } from './plugins/pod-toleration-restriction.ts';
import { priority } from './plugins/priority.ts';
import { resourceQuota } from './quota/resource-quota.ts';
import { runtimeClass } from './plugins/runtime-class.ts';
import { securityContextDeny } from './plugins/security-context-deny.ts';
import { serviceAccountPlugin } from './service-account/service-account.ts';
import { storageObjectInUseProtection } from './plugins/storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './plugins/taint-nodes-by-condition.ts';
import { validatingAdmissionPolicy } from './plugins/validating-admission-policy.ts';

/** The admission plugins that are decided here, by name: the server's order is that of `builtInPlugins`. */
const PLUGINS: readonly AdmissionPlugin[] = [
  alwaysDeny,
  alwaysPullImages,
  defaultIngressClass,
  defaultStorageClass,
  defaultTolerationSeconds,
  denyServiceExternalIPs,
  extendedResourceToleration,
  limitPodHardAntiAffinityTopology,
  limitRanger,
  namespaceExists,
  namespaceLifecycle,
  nodeRestriction,
  persistentVolumeClaimResize,
  podNodeSelector,
  podSecurity,
  podSecurityPolicy,
  podTolerationRestriction,
  priority,
  resourceQuota,
  runtimeClass,
  securityContextDeny,
  serviceAccountPlugin,
  storageObjectInUseProtection,
  taintNodesByCondition,
  validatingAdmissionPolicy,
];

/** A list of plugins that was found to be in order, to be asked by name. */
export interface PluginRegistry {
  /** The plugin of that name; undefined for one that is not decided here. */
  plugin(name: string): AdmissionPlugin | undefined;
}

/**
 * Makes a registry of plugins. Throws on a list that could not work: a name twice, a name that no version of the API server has (its plugin
 * would never run), a plugin without operations or without a pass.
 */
export function makePluginRegistry(plugins: readonly AdmissionPlugin[]): PluginRegistry {
  const byName = new Map<string, AdmissionPlugin>();
  for (const plugin of plugins) {
    const { name, operations, admit, validate } = plugin;
    if (byName.has(name)) throw new Error(`plugin ${name}: registered twice`);
    if (!isPluginName(name)) throw new Error(`plugin ${name}: no API server has one of this name`);
    if (operations.length === 0) throw new Error(`plugin ${name}: looks at no operation`);
    if (admit === undefined && validate === undefined) throw new Error(`plugin ${name}: takes part in no pass`);
    byName.set(name, plugin);
  }
  return { plugin: (name) => byName.get(name) };
}

const registry = makePluginRegistry(PLUGINS);

/** The plugin of that name; undefined for one that is not decided here. */
export function admissionPlugin(name: string): AdmissionPlugin | undefined {
  return registry.plugin(name);
}
