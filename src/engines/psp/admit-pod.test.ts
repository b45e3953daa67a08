import { describe, expect, test } from 'vitest';
import type { AdmissionRequest } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { admitPod } from './admit-pod.ts';
import { goInt } from './strategies/policy-error.ts';

const ANY = { rule: 'RunAsAny' };
const RBAC = 'rbac.authorization.k8s.io';

function policy(name: string, spec: JsonObject = {}, annotations: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'policy/v1beta1',
    kind: 'PodSecurityPolicy',
    metadata: { name, annotations },
    spec: { runAsUser: ANY, seLinux: ANY, fsGroup: ANY, supplementalGroups: ANY, volumes: ['*'], ...spec },
  };
}

/** Lets somebody use every policy, or one. */
function grant(group: string, policyName?: string): JsonObject[] {
  const rule = { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] };
  const name = `use-${policyName ?? 'all'}`;
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [policyName === undefined ? rule : { ...rule, resourceNames: [policyName] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects: [{ apiGroup: RBAC, kind: 'Group', name: group }],
    },
  ];
}

function cluster(objects: JsonObject[], kubernetesVersion = '1.24'): Cluster {
  return loadCluster(manifestsOf('cluster.yaml', ...objects), {
    settings: { kubernetesVersion, bootstrapRBAC: false },
  });
}

function create(
  spec: JsonObject = {},
  metadata: JsonObject = { name: 'web' },
  container: JsonObject = {},
): AdmissionRequest {
  return {
    operation: 'CREATE',
    user: { name: 'alice', groups: ['system:authenticated'] },
    namespace: 'default',
    resource: 'pods',
    subresource: '',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers: [{ name: 'main', image: 'nginx', ...container }], ...spec },
    },
  };
}

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  requiredDropCapabilities: ['ALL'],
  runAsUser: { rule: 'MustRunAsNonRoot' },
};
const EVERYBODY = grant('system:authenticated');

describe('admitPod', () => {
  test('a policy that changes nothing beats one that comes first by name', () => {
    const objects = [policy('restricted', RESTRICTED), policy('zz-privileged', { privileged: true }), ...EVERYBODY];
    const verdict = admitPod(cluster(objects), create());
    expect(verdict.policy).toBe('zz-privileged');
    expect(verdict.trials.map(({ name, mutates }) => [name, mutates])).toEqual([
      ['restricted', true],
      ['zz-privileged', false],
    ]);
  });

  test('of two policies that change the pod the first by bytes wins, and its values are filled in', () => {
    const objects = [
      policy('a.b', RESTRICTED),
      policy('a-b', { ...RESTRICTED, readOnlyRootFilesystem: true }),
      ...EVERYBODY,
    ];
    const verdict = admitPod(cluster(objects), create());
    expect(verdict.policy).toBe('a-b');
    expect(verdict.pod.metadata.annotations).toEqual({ 'kubernetes.io/psp': 'a-b' });
    expect(verdict.pod.spec.containers?.[0]?.securityContext).toEqual({
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    });
    expect(verdict.auditAnnotations).toEqual({
      'podsecuritypolicy.policy.k8s.io/admit-policy': 'a-b',
      'podsecuritypolicy.policy.k8s.io/validate-policy': 'a-b',
    });
  });

  test('what admits is the policy, the binding and the role', () => {
    const verdict = admitPod(cluster([policy('open', { privileged: true }), ...EVERYBODY]), create());
    expect(verdict.because.map(({ object }) => object.kind)).toEqual([
      'PodSecurityPolicy',
      'ClusterRoleBinding',
      'ClusterRole',
    ]);
  });

  test('a refusal names each field of each usable policy, and the places of both', () => {
    const objects = [
      policy('a', { volumes: ['secret'] }),
      policy('b', RESTRICTED),
      ...grant('system:authenticated', 'a'),
    ];
    const pod = create({ hostNetwork: true, volumes: [{ name: 'v', hostPath: { path: '/' } }] });
    const { decision, message, because, messageParts } = admitPod(cluster(objects), pod);
    expect(decision).toBe('deny');
    expect(message).toBe(
      'pods "web" is forbidden: PodSecurityPolicy: unable to admit pod: [' +
        'spec.securityContext.hostNetwork: Invalid value: true: Host network is not allowed to be used ' +
        'spec.volumes[0]: Invalid value: "hostPath": hostPath volumes are not allowed to be used]',
    );
    expect(messageParts).toEqual([]);
    expect(because.map(({ path }) => path)).toEqual([
      ['spec', 'hostNetwork'],
      ['spec', 'volumes'],
    ]);
  });

  test.each([
    ['1.24', [], 'pods "web-" is forbidden: PodSecurityPolicy: no providers available to validate pod request'],
    ['1.18', [], 'pods "web-" is forbidden: no providers available to validate pod request'],
    ['1.24', [policy('a')], 'pods "web-" is forbidden: PodSecurityPolicy: unable to admit pod: []'],
    ['1.18', [policy('a')], 'pods "web-" is forbidden: unable to validate against any pod security policy: []'],
  ])('in %s nobody who may use a policy is told so', (version, policies, message) => {
    expect(admitPod(cluster(policies, version), create({}, { generateName: 'web-' })).message).toBe(message);
  });

  test('an update changes nothing, so a policy that would is no match', () => {
    const { object } = create();
    const update: AdmissionRequest = { ...create({ hostPID: false }), operation: 'UPDATE', oldObject: object };
    const changed = { ...update, object: { ...object, metadata: { name: 'web', labels: { a: 'b' } } } };
    const refused = admitPod(cluster([policy('a', RESTRICTED), ...EVERYBODY]), changed);
    expect(refused.message).toBe('pods "web" is forbidden: PodSecurityPolicy: unable to validate pod: []');
    expect(refused.phase).toBe('validate');
  });

  test('an update tries the policy of its annotation first, and the others by name', () => {
    const { object } = create({ hostPID: true }, { name: 'web', annotations: { 'kubernetes.io/psp': 'c' } });
    const changed = { ...object, metadata: { name: 'web', annotations: { 'kubernetes.io/psp': 'c', a: 'b' } } };
    const update: AdmissionRequest = { ...create(), operation: 'UPDATE', object: changed, oldObject: object };
    const objects = [...['a', 'b', 'c', 'd'].map((name) => policy(name)), ...EVERYBODY];
    expect(admitPod(cluster(objects), update).trials.map(({ name }) => name)).toEqual(['c', 'a', 'b', 'd']);
  });

  test('what the garbage collector writes, and subresources, are not looked at', () => {
    const { object } = create();
    const none = cluster([policy('a', RESTRICTED)]);
    const finalizers = { ...object, metadata: { name: 'web', finalizers: ['a/b'] } };
    const collected: AdmissionRequest = { ...create(), operation: 'UPDATE', oldObject: object, object: finalizers };
    expect(admitPod(none, collected).decision).toBe('allow');
    expect(admitPod(none, { ...collected, subresource: 'ephemeralcontainers' }).decision).toBe('allow');
  });

  test('`secret` admits the token volume since 1.19', () => {
    const projected = { sources: [{ serviceAccountToken: { path: 'token' } }] };
    const pod = create({ volumes: [{ name: 'v', projected }] });
    const objects = [policy('a', { volumes: ['secret'] }), ...EVERYBODY];
    expect(admitPod(cluster(objects, '1.19'), pod).decision).toBe('allow');
    expect(admitPod(cluster(objects, '1.18'), pod).decision).toBe('deny');
  });

  test.each([
    ['net.ipv4.ping_group_range', '1.17', '1.18'],
    ['net.ipv4.ip_unprivileged_port_start', '1.21', '1.22'],
  ])('the sysctl %s is safe from %s on', (name, before, since) => {
    const pod = create({ securityContext: { sysctls: [{ name, value: '1' }] } });
    const objects = [policy('a'), ...EVERYBODY];
    expect(admitPod(cluster(objects, before), pod).decision).toBe('deny');
    expect(admitPod(cluster(objects, since), pod).decision).toBe('allow');
  });

  test('there are no policies from 1.25 on, nor of extensions/v1beta1 from 1.16 on', () => {
    const old = { ...policy('a', { privileged: true }), apiVersion: 'extensions/v1beta1' };
    expect(admitPod(cluster([old, ...EVERYBODY], '1.15'), create()).policy).toBe('a');
    expect(admitPod(cluster([old, ...EVERYBODY], '1.16'), create()).decision).toBe('deny');
    expect(admitPod(cluster([policy('a'), ...EVERYBODY], '1.25'), create()).decision).toBe('deny');
  });
});

describe('goInt', () => {
  test('prints the largest int64, which a double cannot hold, as it was meant', () => {
    expect(goInt(9223372036854775807)).toBe('9223372036854775807');
    expect(goInt(-1)).toBe('-1');
  });
});
