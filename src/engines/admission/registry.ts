import { alwaysDeny } from './always-deny.ts';
import { alwaysPullImages } from './always-pull-images.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { denyServiceExternalIPs } from './deny-service-external-ips.ts';
import { extendedResourceToleration } from './extended-resource-toleration.ts';
import { limitPodHardAntiAffinityTopology } from './limit-pod-hard-anti-affinity-topology.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceExists } from './namespace-exists.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { nodeRestriction } from './node-restriction.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { podNodeSelector } from './pod-node-selector.ts';
import { podSecurity } from './pod-security.ts';
import { podSecurityPolicy } from './pod-security-policy.ts';
import { podTolerationRestriction } from './pod-toleration-restriction.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resource-quota.ts';
import { runtimeClass } from './runtime-class.ts';
import { securityContextDeny } from './security-context-deny.ts';
import { serviceAccountPlugin } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';

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
