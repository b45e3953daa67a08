import { policyErrors } from '../../cluster/validation/policy-validation.ts';
import fc from 'fast-check';
import { defaultPod } from '../../cluster/defaults/default-pod.ts';
import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import { storedPolicy } from '../../cluster/stored/stored-policy.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import { compilePolicy, type Provider, type UnusablePolicy } from './compile-policy.ts';

/*
 * Random policies and pods from small pools of values, so that they meet often. What the API refuses is left out: ids below 0, profiles
 * that are none.
 */

const ids = fc.constantFrom(0, 1, 2, 1000, 65535, 2147483647);
const ranges = fc.array(
  fc.tuple(ids, ids).map(([left, right]) => ({ min: Math.min(left, right), max: Math.max(left, right) })),
  { minLength: 1, maxLength: 2 },
);
const groups = fc.oneof(
  fc.constant({ rule: 'RunAsAny' }),
  fc.record({ rule: fc.constantFrom('MustRunAs', 'MayRunAs'), ranges }),
);
const users = fc.oneof(
  fc.constantFrom({ rule: 'RunAsAny' }, { rule: 'MustRunAsNonRoot' }, { rule: 'MustRunAs' }),
  fc.record({ rule: fc.constant('MustRunAs'), ranges }),
);
const labels = fc.record(
  { level: fc.constantFrom('s0', 's0:c1,c2', 's0:c2,c1', 's1'), user: fc.constantFrom('u', 'v') },
  { requiredKeys: [] },
);
const seLinux = fc.oneof(
  fc.constant({ rule: 'RunAsAny' }),
  fc.record({ rule: fc.constant('MustRunAs'), seLinuxOptions: labels }),
);
const capabilities = fc.subarray(['ALL', 'CHOWN', 'KILL']);
const volumeTypes = ['hostPath', 'emptyDir', 'secret', 'projected', 'csi', 'flexVolume', 'cephFS'];
const paths = fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', 'a', '//', '/a//');
const profiles = ['runtime/default', 'docker/default', 'unconfined', 'localhost/x'];
const appArmorProfiles = ['runtime/default', 'unconfined', 'localhost/x'];
const sysctlNames = ['kernel.a', 'kernel.ab', 'net.b', 'kernel.shm_rmid_forced'];
const classes = ['gvisor', 'kata'];

const policyFields = {
  privileged: fc.boolean(),
  allowPrivilegeEscalation: fc.boolean(),
  hostNetwork: fc.boolean(),
  hostPID: fc.boolean(),
  readOnlyRootFilesystem: fc.boolean(),
  hostPorts: fc.array(fc.constantFrom({ min: 1, max: 80 }, { min: 80, max: 443 }, { min: 0, max: 65535 }), {
    maxLength: 2,
  }),
  volumes: fc.oneof(fc.constant(['*']), fc.subarray(volumeTypes)),
  allowedHostPaths: fc.array(fc.record({ pathPrefix: paths, readOnly: fc.boolean() }), { maxLength: 2 }),
  allowedFlexVolumes: fc.subarray([{ driver: 'x/a' }, { driver: 'x/b' }]),
  allowedCSIDrivers: fc.subarray([{ name: 'a' }, { name: 'b' }]),
  allowedCapabilities: fc.oneof(fc.constant(['*']), fc.subarray(['CHOWN', 'KILL'])),
  defaultAddCapabilities: fc.subarray(['CHOWN']),
  requiredDropCapabilities: fc.subarray(['ALL']),
  runAsUser: users,
  runAsGroup: groups,
  fsGroup: groups,
  supplementalGroups: groups,
  seLinux,
  allowedProcMountTypes: fc.subarray(['Default', 'Unmasked']),
  runtimeClass: fc.record({ allowedRuntimeClassNames: fc.oneof(fc.constant(['*']), fc.subarray(classes)) }),
  allowedUnsafeSysctls: fc.constantFrom([], ['*'], ['kernel.*'], ['kernel.a'], ['kernel.a*', 'net.b']),
  forbiddenSysctls: fc.constantFrom([], ['kernel.shm*'], ['kernel.ab'], ['*']),
};

/** A policy that allows everything, which random fields then restrict. */
const OPEN = {
  privileged: true,
  hostNetwork: true,
  hostPID: true,
  hostIPC: true,
  hostPorts: [{ min: 0, max: 65535 }],
  volumes: ['*'],
  allowedCapabilities: ['*'],
  allowedUnsafeSysctls: ['*'],
  allowedProcMountTypes: ['Default', 'Unmasked'],
  runAsUser: { rule: 'RunAsAny' },
  fsGroup: { rule: 'RunAsAny' },
  supplementalGroups: { rule: 'RunAsAny' },
  seLinux: { rule: 'RunAsAny' },
};

/** A few of some fields. */
function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, most: number): fc.Arbitrary<JsonObject> {
  return fc
    .subarray(Object.keys(fields), { maxLength: most })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, fields[name] ?? fc.constant(null)]))))
    .map((value) => value as JsonObject);
}

const annotationFields = {
  'seccomp.security.alpha.kubernetes.io/allowedProfileNames': fc.constantFrom(
    '*',
    '',
    ...profiles,
    'unconfined,localhost/x',
  ),
  'seccomp.security.alpha.kubernetes.io/defaultProfileName': fc.constantFrom(...profiles),
  'apparmor.security.beta.kubernetes.io/allowedProfileNames': fc.constantFrom(
    '',
    ...appArmorProfiles,
    'unconfined,localhost/x',
  ),
  'apparmor.security.beta.kubernetes.io/defaultProfileName': fc.constantFrom(...appArmorProfiles),
};

/** A policy as somebody writes it: open but for a few fields. */
export const anyPolicyManifest = fc.tuple(some(policyFields, 3), some(annotationFields, 2)).map(([spec, extra]) => {
  const annotations = { 'seccomp.security.alpha.kubernetes.io/allowedProfileNames': '*', ...extra };
  return { metadata: { name: 'policy', annotations }, spec: { ...OPEN, ...spec } };
});

/** Two policies that often share what restricts them. */
export const anyPolicyPair = fc
  .tuple(anyPolicyManifest, anyPolicyManifest, fc.boolean(), some(policyFields, 1))
  .map(([left, right, related, change]): readonly [JsonObject, JsonObject] => {
    if (!related) return [left, right];
    return [left, { ...left, spec: { ...(left.spec as JsonObject), ...change } }];
  });

/** The policy ready to judge; undefined where the API refuses it. */
export function compiled(manifest: JsonObject, minor = 24): Provider | UnusablePolicy | undefined {
  const object = { apiVersion: 'policy/v1beta1', group: 'policy', version: 'v1beta1', kind: 'PodSecurityPolicy' };
  const policy = storedPolicy(object as ManifestObject, manifest, { minor, procMountType: true });
  const { name, annotations, spec } = policy;
  return policyErrors({ name, annotations }, spec, minor).length > 0 ? undefined : compilePolicy(policy, minor);
}

const contextFields = {
  runAsUser: ids,
  runAsGroup: ids,
  runAsNonRoot: fc.boolean(),
  seLinuxOptions: labels,
  seccompProfile: fc.constantFrom(
    { type: 'RuntimeDefault' },
    { type: 'Unconfined' },
    { type: 'Localhost', localhostProfile: 'x' },
  ),
};
const containerContext = some(
  {
    ...contextFields,
    privileged: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    readOnlyRootFilesystem: fc.boolean(),
    procMount: fc.constantFrom('Default', 'Unmasked'),
    capabilities: fc.record({ add: capabilities, drop: capabilities }, { requiredKeys: [] }),
  },
  2,
);
const podContext = some(
  {
    ...contextFields,
    fsGroup: ids,
    supplementalGroups: fc.array(ids, { maxLength: 2 }),
    sysctls: fc.subarray(sysctlNames).map((names) => names.map((name) => ({ name, value: '1' }))),
  },
  2,
);
const token = { serviceAccountToken: { path: 'token' } };
const volume = fc.oneof(
  paths.map((path) => ({ name: 'v', hostPath: { path } })),
  fc.constantFrom(
    { name: 'v', emptyDir: {} },
    { name: 'v', secret: { secretName: 's' } },
    { name: 'v', projected: { sources: [token] } },
    { name: 'v', projected: { sources: [{ secret: { name: 's' } }] } },
    { name: 'v', csi: { driver: 'a' } },
    { name: 'v', csi: { driver: 'c' } },
    { name: 'v', flexVolume: { driver: 'x/a' } },
    { name: 'v', cephfs: { monitors: ['m'] } },
  ),
);
const ports = fc.constantFrom({ containerPort: 80, hostPort: 80 }, { containerPort: 8080, hostPort: 8080 });
const mounts = fc.record({ name: fc.constant('v'), mountPath: fc.constant('/v'), readOnly: fc.boolean() });
const container = fc
  .tuple(
    fc.constantFrom('a', 'b'),
    some({ securityContext: containerContext, ports: fc.array(ports), volumeMounts: fc.array(mounts) }, 2),
  )
  .map(([name, fields]): JsonObject => ({ name, image: 'nginx', ...fields }));
const podAnnotations = some(
  {
    'seccomp.security.alpha.kubernetes.io/pod': fc.constantFrom(...profiles),
    'container.seccomp.security.alpha.kubernetes.io/a': fc.constantFrom(...profiles),
    'container.apparmor.security.beta.kubernetes.io/a': fc.constantFrom(...appArmorProfiles),
    'container.apparmor.security.beta.kubernetes.io/b': fc.constantFrom(...appArmorProfiles),
  },
  2,
);
const podFields = {
  initContainers: fc.array(container, { maxLength: 1 }),
  volumes: fc.array(volume, { minLength: 1, maxLength: 2 }),
  hostNetwork: fc.boolean(),
  hostPID: fc.boolean(),
  runtimeClassName: fc.constantFrom('gvisor', 'runc'),
  securityContext: podContext,
};

/** A pod as somebody writes it. */
export const anyPodManifest = fc
  .tuple(podAnnotations, fc.array(container, { minLength: 1, maxLength: 2 }), some(podFields, 2))
  .map(([annotations, containers, spec]): JsonObject => {
    const metadata = { name: 'pod', annotations };
    return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...spec } };
  });

/** A pod as the server holds it. */
export function serverPod(manifest: JsonObject, minor = 24): ServerPod {
  return defaultPod(manifest, { minor });
}
