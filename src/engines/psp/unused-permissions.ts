import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import type { StoredPolicy } from '../../cluster/stored/stored-policy.ts';
import { compilePolicy } from './compile-policy.ts';
import { mutatePod } from './mutate-pod.ts';
import { validatePod } from './validate-pod.ts';
import type { FieldPath } from '../../text/tree.ts';

/** Something a policy allows that no pod on it needs. */
export interface UnusedPermission {
  /** What it allows, as text: `host ports 0 to 65535`. */
  readonly name: string;
  /** Where the policy says so. */
  readonly path: FieldPath;
}

type Spec = StoredPolicy['spec'];

/** A permission, and the policy without it. */
interface Candidate extends UnusedPermission {
  without(spec: Spec): Spec;
}

/**
 * What a policy allows and none of these pods needs: each permission is taken away, and the pods are judged again. Only what a pod has to
 * ask for counts; that a program may use what the policy leaves open (root, setuid) no manifest says.
 */
export function unusedPermissions(policy: StoredPolicy, pods: readonly ServerPod[], minor: number): UnusedPermission[] {
  let unused = candidates(policy.spec);
  for (const pod of pods) {
    if (unused.length === 0) return [];
    const bare = unused.reduce((spec, candidate) => candidate.without(spec), policy.spec);
    // Most pods need nothing special: one look at the policy without all of it tells.
    if (stillAdmits(policy, bare, pod, minor)) continue;
    unused = unused.filter((candidate) => stillAdmits(policy, candidate.without(policy.spec), pod, minor));
  }
  return unused.map(({ name, path }) => ({ name, path }));
}

function stillAdmits(policy: StoredPolicy, spec: Spec, pod: ServerPod, minor: number): boolean {
  const provider = compilePolicy({ ...policy, spec }, minor);
  return !('providerError' in provider) && validatePod(provider, mutatePod(provider, pod)).length === 0;
}

function candidates(spec: Spec): Candidate[] {
  return [...switches(spec), ...ports(spec), ...capabilities(spec), ...volumes(spec), ...sysctls(spec)];
}

const SWITCHES = [
  ['privileged', 'privileged containers'],
  ['hostPID', 'the host PID namespace'],
  ['hostIPC', 'the host IPC namespace'],
  ['hostNetwork', 'the host network'],
] as const;

function switches(spec: Spec): Candidate[] {
  return SWITCHES.filter(([field]) => spec[field] === true).map(([field, name]) => ({
    name,
    path: ['spec', field],
    without: (from) => ({ ...from, [field]: false }),
  }));
}

function ports({ hostPorts = [] }: Spec): Candidate[] {
  return hostPorts.map((range, index) => ({
    name: `host ports ${String(range.min ?? 0)} to ${String(range.max ?? 0)}`,
    path: ['spec', 'hostPorts', index],
    without: (from) => ({ ...from, hostPorts: (from.hostPorts ?? []).filter((other) => other !== range) }),
  }));
}

function capabilities({ allowedCapabilities = [] }: Spec): Candidate[] {
  return allowedCapabilities.map((capability, index) => ({
    name: capability === '*' ? 'every capability' : `the capability ${capability}`,
    path: ['spec', 'allowedCapabilities', index],
    without: (from) => ({
      ...from,
      allowedCapabilities: (from.allowedCapabilities ?? []).filter((other) => other !== capability),
    }),
  }));
}

/** Volumes that reach nothing of the host; the restricted Pod Security Standard allows them, too. */
const ORDINARY = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function volumes({ volumes: types = [] }: Spec): Candidate[] {
  return types.flatMap((type, index): Candidate[] => {
    if (ORDINARY.includes(type)) return [];
    const rest = (from: Spec) => (from.volumes ?? []).filter((other) => other !== type);
    return [
      {
        name: type === '*' ? 'volumes of every type' : `volumes of type ${type}`,
        path: ['spec', 'volumes', index],
        without: (from) => ({ ...from, volumes: type === '*' ? [...rest(from), ...ORDINARY] : rest(from) }),
      },
    ];
  });
}

function sysctls({ allowedUnsafeSysctls = [] }: Spec): Candidate[] {
  return allowedUnsafeSysctls.map((pattern, index) => ({
    name: `the sysctl ${pattern}`,
    path: ['spec', 'allowedUnsafeSysctls', index],
    without: (from) => ({
      ...from,
      allowedUnsafeSysctls: (from.allowedUnsafeSysctls ?? []).filter((other) => other !== pattern),
    }),
  }));
}
