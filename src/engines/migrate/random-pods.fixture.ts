import fc from 'fast-check';
import type { JsonObject } from '../../model/object.ts';
import type { Provider } from '../psp/compile-policy.ts';
import type { IDRange } from '../psp/policy-error.ts';

/*
 * Random pods for replaying a migration: nothing here is shared with the probes that the claims rest on. Values come from the policies at hand
 * as often as from pools of their own, so that pods meet policies.
 */

/** A few of some fields. */
function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, most: number): fc.Arbitrary<JsonObject> {
  return fc
    .subarray(Object.keys(fields), { maxLength: most })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, fields[name] ?? fc.constant(null)]))))
    .map((value) => value as JsonObject);
}

function idsIn(ranges: readonly IDRange[]): fc.Arbitrary<number> {
  const inside = ranges
    .filter(({ min = 0, max = 0 }) => min <= max)
    .map(({ min = 0, max = 0 }) => fc.integer({ min, max: Math.min(max, 2147483647) }));
  const pool = fc.constantFrom(0, 1, 33, 999, 1000, 10001, 65534, 65536, 2147483647);
  return fc.oneof(pool, fc.integer({ min: 0, max: 2147483647 }), ...inside);
}

function pick(own: readonly string[], pool: readonly string[]): fc.Arbitrary<string> {
  const named = own.filter((name) => name !== '' && name !== '*');
  return named.length === 0 ? fc.constantFrom(...pool) : fc.oneof(fc.constantFrom(...pool), fc.constantFrom(...named));
}

function rangesOf(policies: readonly Provider[], strategy: 'user' | 'group' | 'fsGroup' | 'supplementalGroups') {
  return policies.flatMap((policy) => ('ranges' in policy[strategy] ? policy[strategy].ranges : []));
}

const PROFILES = ['runtime/default', 'docker/default', 'unconfined', 'localhost/a.json'];

function fieldOf(profile: string): JsonObject {
  if (profile === 'unconfined') return { type: 'Unconfined' };
  if (!profile.startsWith('localhost/')) return { type: 'RuntimeDefault' };
  return { type: 'Localhost', localhostProfile: profile.slice('localhost/'.length) };
}

/** Pods that these policies may disagree about. */
export function randomPods(policies: readonly Provider[]): fc.Arbitrary<JsonObject> {
  const seccomp = pick(
    policies.flatMap(({ seccomp: { allowed, defaultProfile } }) => [...allowed, defaultProfile]),
    PROFILES,
  );
  const appArmor = pick(
    policies.flatMap(({ appArmor: { allowed = [], defaultProfile } }) => [...allowed, defaultProfile]),
    ['runtime/default', 'unconfined', 'localhost/b'],
  );
  const labels = fc.oneof(
    some(
      {
        type: fc.constantFrom('container_t', 'container_init_t', 'spc_t', ''),
        user: fc.constantFrom('system_u', ''),
        role: fc.constantFrom('object_r', ''),
        level: fc.constantFrom('s0', 's0:c5,c6', 's0:c6,c5'),
      },
      3,
    ),
    ...policies.flatMap(({ seLinux }) =>
      seLinux.rule === 'MustRunAs' ? [fc.constant({ ...seLinux.options })] : [],
    ),
  );
  const capability = pick(
    policies.flatMap(({ capabilities: { allowed, requiredDrop } }) => [...allowed, ...requiredDrop]),
    [
      'NET_BIND_SERVICE',
      'CHOWN',
      'KILL',
      'SETUID',
      'NET_RAW',
      'NET_ADMIN',
      'SYS_TIME',
      'SYS_ADMIN',
      'CAP_CHOWN',
      'ALL',
    ],
  );
  const drop = fc.constantFrom(['ALL'], ['all'], ['KILL'], ['NET_RAW', 'ALL'], []);
  const both = {
    runAsUser: idsIn(rangesOf(policies, 'user')),
    runAsGroup: idsIn(rangesOf(policies, 'group')),
    runAsNonRoot: fc.boolean(),
    seLinuxOptions: labels,
    seccompProfile: seccomp.map(fieldOf),
  };
  const containerContext = some(
    {
      ...both,
      privileged: fc.boolean(),
      allowPrivilegeEscalation: fc.boolean(),
      readOnlyRootFilesystem: fc.boolean(),
      procMount: fc.constantFrom('Default', 'Unmasked'),
      capabilities: fc.record({ add: fc.array(capability, { maxLength: 2 }), drop }, { requiredKeys: [] }),
    },
    3,
  );
  const compliant = fc.record({
    runAsNonRoot: fc.constant(true),
    allowPrivilegeEscalation: fc.constant(false),
    capabilities: fc.constant({ drop: ['ALL'] }),
    seccompProfile: seccomp.map(fieldOf),
  });
  const sysctlName = pick(
    policies.flatMap(({ sysctls: { forbidden, allowedUnsafe } }) =>
      [...forbidden, ...allowedUnsafe].map((pattern) => pattern.replace(/\*$/, 'msgmax')),
    ),
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.tcp_fin_timeout',
      'kernel.sem',
      'net.ipv4.tcp_rmem',
    ],
  );
  const podContext = some(
    {
      ...both,
      fsGroup: idsIn(rangesOf(policies, 'fsGroup')),
      supplementalGroups: fc.array(idsIn(rangesOf(policies, 'supplementalGroups')), { maxLength: 2 }),
      sysctls: fc
        .array(sysctlName, { minLength: 1, maxLength: 2 })
        .map((names) => [...new Set(names)].map((name) => ({ name, value: '0' }))),
      windowsOptions: fc.constantFrom({ hostProcess: true }, { runAsUserName: 'u' }),
    },
    3,
  );
  const hostPath = pick(
    policies.flatMap(({ volumes }) =>
      volumes.hostPaths.flatMap(({ pathPrefix = '/' }) => [pathPrefix, `${pathPrefix}/sub`, `${pathPrefix}sub`]),
    ),
    ['/', '/etc', '/var/run/docker.sock', '/dev'],
  );
  const driver = pick(
    policies.flatMap(({ volumes }) => [...(volumes.flexDrivers ?? []), ...(volumes.csiDrivers ?? [])]),
    ['k8s/nfs', 'csi.other'],
  );
  const source = fc.oneof(
    hostPath.map((path) => ({ hostPath: { path } })),
    driver.map((name) => ({ flexVolume: { driver: name } })),
    driver.map((name) => ({ csi: { driver: name } })),
    fc.constantFrom<JsonObject>(
      { emptyDir: {} },
      { configMap: { name: 'c' } },
      { secret: { secretName: 's' } },
      { persistentVolumeClaim: { claimName: 'p' } },
      { downwardAPI: { items: [] } },
      { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
      { projected: { sources: [{ configMap: { name: 'x' } }] } },
      { nfs: { server: 'n', path: '/n' } },
      { cephfs: { monitors: ['m'] } },
      { azureDisk: { diskName: 'd', diskURI: 'd' } },
      { gitRepo: { repository: 'r' } },
      { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
      {},
    ),
  );
  const ranges = policies.flatMap(({ spec }) => spec.hostPorts ?? []);
  const port = idsIn(ranges).map((id) => (id % 65535) + 1);
  const container = fc.record(
    {
      image: fc.constant('i'),
      securityContext: fc.oneof(containerContext, compliant),
      ports: fc.array(
        fc
          .record({ containerPort: port, hostPort: port }, { requiredKeys: ['containerPort'] })
          .map((each) => ('hostPort' in each ? { ...each, containerPort: each.hostPort } : each)),
        { maxLength: 1 },
      ),
      volumeMounts: fc.boolean().map((readOnly) => [{ name: 'v', mountPath: '/v', readOnly }]),
      livenessProbe: fc.constantFrom<JsonObject>(
        { httpGet: { port: 1 } },
        { tcpSocket: { port: 1, host: 'h' } },
        { exec: { command: ['true'] } },
      ),
    },
    { requiredKeys: ['image'] },
  );
  const names = (containers: readonly object[], stem: string) =>
    containers.map((each, index) => ({ ...each, name: `${stem}${index}` }));
  const annotations = fc
    .tuple(fc.option(seccomp), fc.option(seccomp), fc.option(appArmor), fc.integer({ max: 3, min: 0 }))
    .map(([pod, own, armor, which]): JsonObject => ({
      ...(pod !== null && which === 0 && { 'seccomp.security.alpha.kubernetes.io/pod': pod }),
      ...(own !== null && which === 1 && { 'container.seccomp.security.alpha.kubernetes.io/c0': own }),
      ...(armor !== null && { 'container.apparmor.security.beta.kubernetes.io/c0': armor }),
    }));
  const fields = some(
    {
      hostNetwork: fc.boolean(),
      hostPID: fc.boolean(),
      hostIPC: fc.boolean(),
      securityContext: podContext,
      runtimeClassName: pick(
        policies.flatMap(({ spec }) => spec.runtimeClass?.allowedRuntimeClassNames ?? []),
        ['runc', 'kata'],
      ),
      initContainers: fc.array(container, { minLength: 1, maxLength: 1 }).map((list) => names(list, 'i')),
      volumes: source.map((each) => [{ name: 'v', ...each }]),
      os: fc.constantFrom({ name: 'windows' }, { name: 'linux' }),
    },
    3,
  );
  return fc
    .tuple(annotations, fc.array(container, { minLength: 1, maxLength: 2 }), fields)
    .map(([notes, containers, spec]): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'random', annotations: notes },
      spec: { ...spec, containers: names(containers, 'c') as unknown as JsonObject[] },
    }));
}
