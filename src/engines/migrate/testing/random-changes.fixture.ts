import fc from 'fast-check';
import type { JsonObject } from '../../../model/object.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import type { IDRange } from '../../psp/strategies/policy-error.ts';
import { pick } from './random-name.fixture.ts';
import { randomVolume } from './random-volumes.fixture.ts';

/** What changes a pod: fields of the pod, of its security context, of one of its containers, of that one's security context. */
export interface RandomChange {
  readonly annotations?: JsonObject;
  readonly spec?: JsonObject;
  readonly podContext?: JsonObject;
  readonly container?: JsonObject;
  readonly context?: JsonObject;
  readonly volume?: JsonObject;
  readonly readOnly?: boolean;
}

/** A random value of one field or a few that belong together; out of the policies at hand as often as from pools of its own, so that pods meet policies. */
export function randomChange(policies: readonly Provider[]): fc.Arbitrary<RandomChange> {
  const inSome = (contexts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    Object.entries(contexts).flatMap(([field, values]) => [
      values.map((value) => ({ podContext: { [field]: value } as JsonObject })),
      values.map((value) => ({ context: { [field]: value } as JsonObject })),
    ]);
  const seccomp = seccompProfiles(policies);
  const either = inSome({
    runAsUser: idsIn(rangesOf(policies, 'user')),
    runAsGroup: idsIn(rangesOf(policies, 'group')),
    runAsNonRoot: fc.boolean(),
    seLinuxOptions: seLinuxLabels(policies),
    seccompProfile: seccomp.map(fieldOf),
    appArmorProfile: fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' }),
    windowsOptions: fc.constantFrom({ hostProcess: true }, { runAsUserName: 'u' }, { hostProcess: false }),
  });
  return fc.oneof(...either, ...ofPod(policies), ...ofContainer(policies), ...profileAnnotations(policies, seccomp), {
    arbitrary: volumeChange(policies),
    weight: 4,
  });
}

function ofPod(policies: readonly Provider[]): fc.Arbitrary<RandomChange>[] {
  const groups = idsIn(rangesOf(policies, 'supplementalGroups'));
  const sysctls = fc
    .uniqueArray(sysctlNames(policies), { minLength: 1, maxLength: 2 })
    .map((names) => names.map((name) => ({ name, value: '0' })));
  return [
    fc.boolean().map((hostNetwork) => ({ spec: { hostNetwork } })),
    fc.boolean().map((hostPID) => ({ spec: { hostPID } })),
    fc.boolean().map((hostIPC) => ({ spec: { hostIPC } })),
    fc.boolean().map((hostUsers) => ({ spec: { hostUsers } })),
    fc.constantFrom('windows', 'linux').map((name) => ({ spec: { os: { name } } })),
    runtimeClasses(policies).map((runtimeClassName) => ({ spec: { runtimeClassName } })),
    idsIn(rangesOf(policies, 'fsGroup')).map((fsGroup) => ({ podContext: { fsGroup } })),
    fc.array(groups, { maxLength: 2 }).map((supplementalGroups) => ({ podContext: { supplementalGroups } })),
    sysctls.map((list) => ({ podContext: { sysctls: list } })),
    fc.constant({ spec: { hostNetwork: true }, podContext: { windowsOptions: { hostProcess: true } } }),
    fc.constant({ spec: { hostUsers: false }, context: { procMount: 'Unmasked' } }),
  ];
}

function ofContainer(policies: readonly Provider[]): fc.Arbitrary<RandomChange>[] {
  const port = idsIn(policies.flatMap(({ spec }) => spec.hostPorts ?? [])).map((id) =>
    id === 65535 ? id : (id % 65535) + 1,
  );
  const probe = fc.constantFrom<JsonObject>(
    { httpGet: { port: 1 } },
    { httpGet: { port: 1, host: 'example' } },
    { tcpSocket: { port: 1, host: '127.0.0.1' } },
    { exec: { command: ['true'] } },
  );
  const flags = ['privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem'];
  return [
    ...flags.map((field) => fc.boolean().map((value): RandomChange => ({ context: { [field]: value } }))),
    fc.constant({ context: { privileged: true, allowPrivilegeEscalation: true } }),
    fc.constantFrom('Default', 'Unmasked').map((procMount) => ({ context: { procMount } })),
    capabilities(policies).map((value) => ({ context: { capabilities: value } })),
    port.map((containerPort) => ({ container: { ports: [{ containerPort }] } })),
    port.map((hostPort) => ({ container: { ports: [{ containerPort: hostPort, hostPort }] } })),
    fc
      .tuple(fc.constantFrom('livenessProbe', 'readinessProbe', 'startupProbe'), probe)
      .map(([field, value]) => ({ container: { [field]: value } })),
    fc
      .tuple(fc.constantFrom('postStart', 'preStop'), probe)
      .map(([field, value]) => ({ container: { lifecycle: { [field]: value } } })),
  ];
}

function capabilities(policies: readonly Provider[]): fc.Arbitrary<JsonObject> {
  const pool =
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER KILL MKNOD NET_BIND_SERVICE NET_RAW SETUID SYS_CHROOT NET_ADMIN SYS_TIME SYS_ADMIN CAP_CHOWN CAP_SYS_ADMIN ALL';
  const own = policies.flatMap(({ capabilities: { allowed, requiredDrop } }) => [...allowed, ...requiredDrop]);
  const name = pick(own, pool.split(' '));
  const drops = fc.oneof(
    fc.constantFrom(['ALL'], ['all'], ['KILL'], ['ALL', 'NET_RAW'], []),
    fc.array(name, { maxLength: 3 }),
  );
  return fc
    .record({ add: fc.array(name, { maxLength: 2 }), drop: drops }, { requiredKeys: [] })
    .map((value) => value as JsonObject);
}

function profileAnnotations(
  policies: readonly Provider[],
  seccomp: fc.Arbitrary<string>,
): fc.Arbitrary<RandomChange>[] {
  const own = policies.flatMap(({ appArmor }) => [...(appArmor.allowed ?? []), appArmor.defaultProfile]);
  const appArmor = pick(own, ['runtime/default', 'unconfined', 'localhost/b', '']);
  const annotated = (key: string, values: fc.Arbitrary<string>) =>
    values.map((value): RandomChange => ({ annotations: { [key]: value } }));
  return [
    annotated('seccomp.security.alpha.kubernetes.io/pod', seccomp),
    annotated('container.seccomp.security.alpha.kubernetes.io/', seccomp),
    annotated('container.apparmor.security.beta.kubernetes.io/', appArmor),
  ];
}

function volumeChange(policies: readonly Provider[]): fc.Arbitrary<RandomChange> {
  return fc.record({ volume: randomVolume(policies), readOnly: fc.boolean() });
}

function seccompProfiles(policies: readonly Provider[]): fc.Arbitrary<string> {
  const own = policies.flatMap(({ seccomp: { allowed, defaultProfile } }) => [...allowed, defaultProfile]);
  return pick(own, ['runtime/default', 'docker/default', 'unconfined', 'localhost/a.json']);
}

function fieldOf(profile: string): JsonObject {
  if (profile === 'unconfined') return { type: 'Unconfined' };
  if (!profile.startsWith('localhost/')) return { type: 'RuntimeDefault' };
  return { type: 'Localhost', localhostProfile: profile.slice('localhost/'.length) };
}

function seLinuxLabels(policies: readonly Provider[]): fc.Arbitrary<object> {
  const demanded = policies.flatMap(({ seLinux }) => (seLinux.rule === 'MustRunAs' ? [{ ...seLinux.options }] : []));
  const parts: Record<string, fc.Arbitrary<string>> = {
    type: fc.constantFrom('container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t', ''),
    user: fc.constantFrom('system_u', ''),
    role: fc.constantFrom('object_r', ''),
    level: fc.constantFrom('s0', 's0:c5,c6', 's0:c6,c5'),
  };
  const some = fc.record(parts, { requiredKeys: [] });
  if (demanded.length === 0) return some;
  return fc.oneof(
    some,
    fc.constantFrom(...demanded),
    fc.tuple(fc.constantFrom(...demanded), some).map(([a, b]) => ({ ...a, ...b })),
  );
}

function sysctlNames(policies: readonly Provider[]): fc.Arbitrary<string> {
  const patterns = policies.flatMap(({ sysctls: { forbidden, allowedUnsafe } }) => [...forbidden, ...allowedUnsafe]);
  return pick(
    patterns.map((pattern) => pattern.replace(/\*$/, 'msgmax')),
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ip_local_reserved_ports',
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_rmem',
      'net.ipv4.tcp_notsent_lowat',
      'kernel.sem',
      'net.core.somaxconn',
    ],
  );
}

function runtimeClasses(policies: readonly Provider[]): fc.Arbitrary<string> {
  return pick(
    policies.flatMap(({ spec }) => spec.runtimeClass?.allowedRuntimeClassNames ?? []),
    ['runc', 'kata'],
  );
}

function idsIn(ranges: readonly IDRange[]): fc.Arbitrary<number> {
  const most = 2147483647;
  const inside = ranges
    .filter(({ min = 0, max = 0 }) => min <= max && min <= most)
    .flatMap(({ min = 0, max = 0 }) => [
      fc.integer({ min, max: Math.min(max, most) }),
      fc.constantFrom(Math.max(min - 1, 0), Math.min(max + 1, most)),
    ]);
  const pool = fc.constantFrom(0, 1, 33, 999, 1000, 10001, 65534, 65535, 65536, most);
  return fc.oneof(pool, fc.integer({ min: 0, max: most }), ...inside);
}

function rangesOf(policies: readonly Provider[], strategy: 'user' | 'group' | 'fsGroup' | 'supplementalGroups') {
  return policies.flatMap((policy) => ('ranges' in policy[strategy] ? policy[strategy].ranges : []));
}
