import {
  APPARMOR_CONTAINER,
  SECCOMP_CONTAINER,
  SECCOMP_POD,
  seccompField,
} from '../../../cluster/index/pod-profiles.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import { CONTAINER, type PodEdit } from './edit-probe.ts';
import { distinct, idsAround, namesMatching, portsAround, rangesOf } from './probe-values.ts';
import { volumeEdits } from './probe-volumes.ts';

/**
 * Single changes to pods, enough of them that every field of these policies and every check of a level is met on both sides of what it
 * decides: for each field, a value out of every stretch of values that policies and checks tell apart.
 */
export function podEdits(policies: readonly Provider[]): readonly PodEdit[] {
  return [
    ...hostEdits(policies),
    ...privilegeEdits(policies),
    ...identityEdits(policies),
    ...seLinuxEdits(policies),
    ...seccompEdits(policies),
    ...appArmorEdits(policies),
    ...sysctlEdits(policies),
    ...volumeEdits(policies),
    ...handlerEdits(),
  ];
}

function hostEdits(policies: readonly Provider[]): readonly PodEdit[] {
  const ports = portsAround(policies.flatMap(({ spec }) => spec.hostPorts ?? []));
  const classes = policies.flatMap(({ spec }) => spec.runtimeClass?.allowedRuntimeClassNames ?? []);
  return [
    { spec: { hostNetwork: true } },
    { spec: { hostPID: true } },
    { spec: { hostIPC: true } },
    ...ports.map((port) => ({ container: { ports: [{ containerPort: port, hostPort: port }] } })),
    ...ports.map((port) => ({ spec: { hostNetwork: true }, container: { ports: [{ containerPort: port }] } })),
    ...distinct(['example', ...classes.filter((name) => name !== '*')]).map((name) => ({
      spec: { runtimeClassName: name },
    })),
    {
      spec: { hostNetwork: true },
      podContext: { windowsOptions: { hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM' } },
    },
  ];
}

/** Those that the level baseline lets a container add, and some that it does not. */
const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
  'NET_RAW',
  'NET_ADMIN',
  'SYS_ADMIN',
  'ALL',
];

function privilegeEdits(policies: readonly Provider[]): readonly PodEdit[] {
  const capabilities = policies.flatMap(({ capabilities: { allowed, requiredDrop } }) => [...allowed, ...requiredDrop]);
  return [
    { context: { privileged: true } },
    { context: { privileged: true, allowPrivilegeEscalation: true } },
    { context: { allowPrivilegeEscalation: true } },
    { context: { allowPrivilegeEscalation: false } },
    { context: { readOnlyRootFilesystem: false } },
    { context: { readOnlyRootFilesystem: true } },
    { context: { procMount: 'Unmasked' } },
    ...distinct([...CAPABILITIES, ...capabilities.filter((name) => name !== '*')]).map((name) => ({
      addCapabilities: [name],
    })),
  ];
}

function identityEdits(policies: readonly Provider[]): readonly PodEdit[] {
  const users = idsAround(rangesOf(policies, 'user'));
  return [
    ...users.map((runAsUser) => ({ context: { runAsUser } })),
    ...users.map((runAsUser) => ({ context: { runAsUser, runAsNonRoot: true } })),
    { context: { runAsNonRoot: true } },
    { context: { runAsNonRoot: false } },
    ...idsAround(rangesOf(policies, 'group')).map((runAsGroup) => ({ context: { runAsGroup } })),
    ...idsAround(rangesOf(policies, 'fsGroup')).map((fsGroup) => ({ podContext: { fsGroup } })),
    { podContext: { supplementalGroups: [] } },
    ...idsAround(rangesOf(policies, 'supplementalGroups')).map((group) => ({
      podContext: { supplementalGroups: [group] },
    })),
  ];
}

function seLinuxEdits(policies: readonly Provider[]): readonly PodEdit[] {
  const demanded = policies.flatMap(({ seLinux }) => (seLinux.rule === 'MustRunAs' ? [seLinux.options] : []));
  const labels: JsonObject[] = [
    { level: 's0:c1,c2' },
    { type: 'spc_t' },
    { type: 'container_t' },
    { user: 'system_u' },
    { role: 'system_r' },
    ...demanded.flatMap((options) => [
      { ...options },
      { ...options, level: 's0:c1,c2' },
      { ...options, type: 'spc_t' },
    ]),
  ];
  return labels.flatMap((seLinuxOptions) => [{ podContext: { seLinuxOptions } }, { context: { seLinuxOptions } }]);
}

function seccompEdits(policies: readonly Provider[]): readonly PodEdit[] {
  return seccompProfiles(policies).flatMap((profile) => {
    const seccompProfile = seccompField(profile);
    const annotated = [
      { annotations: { [SECCOMP_POD]: profile } },
      { annotations: { [`${SECCOMP_CONTAINER}${CONTAINER}`]: profile } },
    ];
    if (seccompProfile === undefined) return annotated;
    const field = { seccompProfile: { ...seccompProfile } };
    return [{ podContext: field }, { context: field }, ...annotated];
  });
}

/** The seccomp profiles that policies name, and one of each kind. */
export function seccompProfiles(policies: readonly Provider[]): readonly string[] {
  const named = policies.flatMap(({ seccomp }) => [...seccomp.allowed, seccomp.defaultProfile]);
  const profiles = ['runtime/default', 'unconfined', 'localhost/example', ...named];
  return distinct(profiles).filter((profile) => profile !== '');
}

function appArmorEdits(policies: readonly Provider[]): readonly PodEdit[] {
  return appArmorProfiles(policies).map((profile) => ({
    annotations: { [`${APPARMOR_CONTAINER}${CONTAINER}`]: profile },
  }));
}

/** The same of AppArmor. */
export function appArmorProfiles(policies: readonly Provider[]): readonly string[] {
  const named = policies.flatMap(({ appArmor }) => [...(appArmor.allowed ?? []), appArmor.defaultProfile]);
  const profiles = ['runtime/default', 'unconfined', 'localhost/example', ...named];
  return distinct(profiles).filter((profile) => profile !== '');
}

/** Every name that some version of the standards or of the plugin takes to be safe, and two that none does. */
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_notsent_lowat',
  'kernel.msgmax',
  'net.core.somaxconn',
];

function sysctlEdits(policies: readonly Provider[]): readonly PodEdit[] {
  const patterns = policies.flatMap(({ sysctls }) => [...sysctls.forbidden, ...sysctls.allowedUnsafe]);
  const names = distinct([...SYSCTLS, ...namesMatching(patterns, 'kernel.msgmax')]);
  return names.map((sysctl) => ({ sysctl }));
}

/** What no policy looks at: where probes and hooks go. */
function handlerEdits(): readonly PodEdit[] {
  return [{ container: { livenessProbe: { httpGet: { host: '127.0.0.1', port: 8080 } } } }];
}
