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
];

const byName = new Map(PLUGINS.map((plugin) => [plugin.name, plugin]));

/** The plugin of that name; undefined for one that is not decided here. */
export function admissionPlugin(name: string): AdmissionPlugin | undefined {
  return byName.get(name);
}
