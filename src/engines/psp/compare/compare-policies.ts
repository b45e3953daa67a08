import type { FieldPath } from '../../../text/tree.ts';
import { permitsIdentities, permitsLabels } from './compare-identities.ts';
import { permitsAppArmor, permitsSeccomp } from './compare-profiles.ts';
import { permitsSysctls } from './compare-sysctls.ts';
import { permitsDrivers, permitsHostPaths, permitsHostPorts, permitsVolumeTypes } from './compare-volumes.ts';
import type { Provider, UnusablePolicy } from '../compile-policy.ts';

/** How the pods that one policy admits relate to those that another admits: it admits more, fewer, the same, or some of either kind. */
export type PolicyRelation = 'laxer' | 'stricter' | 'equal' | 'incomparable';

/** A respect in which two policies differ. */
export interface PolicyDifference {
  /** The policy's field or annotation. */
  readonly field: FieldPath;
  readonly relation: Exclude<PolicyRelation, 'equal'>;
}

export interface PolicyComparison {
  readonly relation: PolicyRelation;
  /** In the order of the aspects below; none for equal policies. */
  readonly differences: readonly PolicyDifference[];
}

/** One independent condition on pods: `covers(a, b)` says whether b permits all that a permits in this respect. */
interface Aspect {
  readonly field: FieldPath;
  readonly covers: (a: Provider, b: Provider) => boolean;
}

/** A policy admits a pod when all of these conditions hold, and no condition depends on what the policy fills in for another. */
const ASPECTS: readonly Aspect[] = [
  { field: ['spec', 'privileged'], covers: (a, b) => a.spec.privileged !== true || b.spec.privileged === true },
  {
    field: ['spec', 'allowPrivilegeEscalation'],
    covers: (a, b) => !a.spec.allowPrivilegeEscalation || b.spec.allowPrivilegeEscalation,
  },
  { field: ['spec', 'hostNetwork'], covers: (a, b) => a.spec.hostNetwork !== true || b.spec.hostNetwork === true },
  { field: ['spec', 'hostPID'], covers: (a, b) => a.spec.hostPID !== true || b.spec.hostPID === true },
  { field: ['spec', 'hostIPC'], covers: (a, b) => a.spec.hostIPC !== true || b.spec.hostIPC === true },
  { field: ['spec', 'hostPorts'], covers: (a, b) => permitsHostPorts(a.spec.hostPorts, b.spec.hostPorts) },
  { field: ['spec', 'volumes'], covers: (a, b) => permitsVolumeTypes(a.volumes, b.volumes) },
  { field: ['spec', 'allowedHostPaths'], covers: (a, b) => permitsHostPaths(a.volumes, b.volumes) },
  {
    field: ['spec', 'allowedFlexVolumes'],
    covers: (a, b) => permitsDrivers('flexVolume', a.volumes.types, a.volumes.flexDrivers, b.volumes.flexDrivers),
  },
  {
    field: ['spec', 'allowedCSIDrivers'],
    covers: (a, b) => permitsDrivers('csi', a.volumes.types, a.volumes.csiDrivers, b.volumes.csiDrivers),
  },
  { field: ['spec', 'allowedCapabilities'], covers: permitsCapabilities },
  {
    field: ['spec', 'readOnlyRootFilesystem'],
    covers: (a, b) => a.spec.readOnlyRootFilesystem === true || b.spec.readOnlyRootFilesystem !== true,
  },
  { field: ['spec', 'runAsUser'], covers: (a, b) => permitsIdentities(a, b, 'user') },
  { field: ['spec', 'runAsGroup'], covers: (a, b) => permitsIdentities(a, b, 'group') },
  { field: ['spec', 'fsGroup'], covers: (a, b) => permitsIdentities(a, b, 'fsGroup') },
  { field: ['spec', 'supplementalGroups'], covers: (a, b) => permitsIdentities(a, b, 'supplementalGroups') },
  { field: ['spec', 'seLinux'], covers: (a, b) => permitsLabels(a.seLinux, b.seLinux) },
  { field: ['spec', 'allowedProcMountTypes'], covers: permitsProcMounts },
  { field: ['spec', 'runtimeClass'], covers: permitsRuntimeClasses },
  { field: ['spec', 'allowedUnsafeSysctls'], covers: (a, b) => permitsSysctls(a.sysctls, b.sysctls) },
  {
    field: ['metadata', 'annotations', 'seccomp.security.alpha.kubernetes.io/allowedProfileNames'],
    covers: (a, b) => permitsSeccomp(a.seccomp, b.seccomp),
  },
  {
    field: ['metadata', 'annotations', 'apparmor.security.beta.kubernetes.io/allowedProfileNames'],
    covers: (a, b) => permitsAppArmor(a.appArmor, b.appArmor),
  },
];

/**
 * How the first policy relates to the second, by the pods that the API accepts and that each would admit for a creation, with its defaults
 * filled in. Sound: of a laxer policy it is proved that it admits every pod that the other admits. A policy that cannot be used admits
 * none. `incomparable` also stands for what could not be proved either way.
 */
export function comparePolicies(first: Provider | UnusablePolicy, second: Provider | UnusablePolicy): PolicyComparison {
  if ('providerError' in first || 'providerError' in second) return compareUnusable(first, second);
  const differences: PolicyDifference[] = [];
  let notLess = true;
  let notMore = true;
  for (const { field, covers } of ASPECTS) {
    const more = covers(second, first);
    const less = covers(first, second);
    notLess &&= more;
    notMore &&= less;
    if (!more || !less) differences.push({ field, relation: more ? 'laxer' : less ? 'stricter' : 'incomparable' });
  }
  const relation = notLess ? (notMore ? 'equal' : 'laxer') : notMore ? 'stricter' : 'incomparable';
  return { relation, differences };
}

function compareUnusable(first: Provider | UnusablePolicy, second: Provider | UnusablePolicy): PolicyComparison {
  if ('providerError' in first && 'providerError' in second) return { relation: 'equal', differences: [] };
  const relation = 'providerError' in first ? 'stricter' : 'laxer';
  return { relation, differences: [{ field: ['spec'], relation }] };
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
