import { permitsIdentities, permitsLabels } from './compare-identities.ts';
import { permitsAppArmor, permitsSeccomp } from './compare-profiles.ts';
import { permitsSysctls } from './compare-sysctls.ts';
import { permitsDrivers, permitsHostPaths, permitsHostPorts, permitsVolumeTypes } from './compare-volumes.ts';
import type { Provider, UnusablePolicy } from '../compile-policy.ts';

/** How the pods that one policy admits relate to those that another admits: it admits more, fewer, the same, or some of either kind. */
export type PolicyRelation = 'laxer' | 'stricter' | 'equal' | 'incomparable';

/** One independent condition on pods: whether b permits all that a permits in this respect. */
type Covers = (a: Provider, b: Provider) => boolean;

/** A policy admits a pod when all of these conditions hold, and no condition depends on what the policy fills in for another. */
const ASPECTS: readonly Covers[] = [
  (a, b) => a.spec.privileged !== true || b.spec.privileged === true,
  (a, b) => !a.spec.allowPrivilegeEscalation || b.spec.allowPrivilegeEscalation,
  (a, b) => a.spec.hostNetwork !== true || b.spec.hostNetwork === true,
  (a, b) => a.spec.hostPID !== true || b.spec.hostPID === true,
  (a, b) => a.spec.hostIPC !== true || b.spec.hostIPC === true,
  (a, b) => permitsHostPorts(a.spec.hostPorts, b.spec.hostPorts),
  (a, b) => permitsVolumeTypes(a.volumes, b.volumes),
  (a, b) => permitsHostPaths(a.volumes, b.volumes),
  (a, b) => permitsDrivers('flexVolume', a.volumes.types, a.volumes.flexDrivers, b.volumes.flexDrivers),
  (a, b) => permitsDrivers('csi', a.volumes.types, a.volumes.csiDrivers, b.volumes.csiDrivers),
  permitsCapabilities,
  (a, b) => a.spec.readOnlyRootFilesystem === true || b.spec.readOnlyRootFilesystem !== true,
  (a, b) => permitsIdentities(a, b, 'user'),
  (a, b) => permitsIdentities(a, b, 'group'),
  (a, b) => permitsIdentities(a, b, 'fsGroup'),
  (a, b) => permitsIdentities(a, b, 'supplementalGroups'),
  (a, b) => permitsLabels(a.seLinux, b.seLinux),
  permitsProcMounts,
  permitsRuntimeClasses,
  (a, b) => permitsSysctls(a.sysctls, b.sysctls),
  (a, b) => permitsSeccomp(a.seccomp, b.seccomp),
  (a, b) => permitsAppArmor(a.appArmor, b.appArmor),
];

/**
 * How the first policy relates to the second, by the pods that the API accepts and that each would admit for a creation, with its defaults
 * filled in. Sound: of a laxer policy it is proved that it admits every pod that the other admits. A policy that cannot be used admits
 * none. `incomparable` also stands for what could not be proved either way.
 */
export function comparePolicies(first: Provider | UnusablePolicy, second: Provider | UnusablePolicy): PolicyRelation {
  if ('providerError' in first || 'providerError' in second) return compareUnusable(first, second);
  let notLess = true;
  let notMore = true;
  for (const covers of ASPECTS) {
    notLess &&= covers(second, first);
    notMore &&= covers(first, second);
  }
  return notLess ? (notMore ? 'equal' : 'laxer') : notMore ? 'stricter' : 'incomparable';
}

function compareUnusable(first: Provider | UnusablePolicy, second: Provider | UnusablePolicy): PolicyRelation {
  if ('providerError' in first && 'providerError' in second) return 'equal';
  return 'providerError' in first ? 'stricter' : 'laxer';
}

/** What must be dropped is dropped for the pod, so only what may be added counts. */
function permitsCapabilities({ capabilities: a }: Provider, { capabilities: b }: Provider): boolean {
  return b.any || (!a.any && isSubset(a.allowed, b.allowed));
}

function permitsProcMounts(a: Provider, b: Provider): boolean {
  const types = ({ spec }: Provider): readonly string[] =>
    (spec.allowedProcMountTypes ?? []).length === 0 ? ['Default'] : (spec.allowedProcMountTypes ?? []);
  const permitted = types(b);
  return types(a).every((type) => permitted.includes(type));
}

/** No class is always permitted: the default of a policy is one that it permits. */
function permitsRuntimeClasses(
  { spec: { runtimeClass: a } }: Provider,
  { spec: { runtimeClass: b } }: Provider,
): boolean {
  const permitted = b === undefined ? ['*'] : (b.allowedRuntimeClassNames ?? []);
  if (permitted.includes('*')) return true;
  const names = a === undefined ? ['*'] : (a.allowedRuntimeClassNames ?? []);
  return names.every((name) => permitted.includes(name));
}

function isSubset<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  for (const item of a) if (!b.has(item)) return false;
  return true;
}
