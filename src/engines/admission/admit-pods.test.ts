import { describe, expect, test } from 'vitest';
import type { ClusterSettings } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf, workload } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { admitPods, type PodAdmission } from './admit-pods.ts';

function admit(objects: JsonObject[], settings: ClusterSettings = {}): readonly PodAdmission[] {
  const all = { kubernetesVersion: '1.24', ...settings };
  return admitPods(loadCluster(manifestsOf('cluster.yaml', ...objects), { settings: all }));
}

function admitOne(objects: JsonObject[], settings: ClusterSettings = {}): PodAdmission {
  const [only, ...others] = admit(objects, settings);
  if (only === undefined || others.length > 0) throw new Error('one pod was expected');
  return only;
}

const pluginsOf = ({ refusals }: PodAdmission): readonly string[] => refusals.map(({ plugin }) => plugin);

function namespace(name: string, labels: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function quota(hard: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'shop' }, spec: { hard } };
}

function deployment(replicas: number): JsonObject {
  const made = workload('Deployment', 'web', { namespace: 'shop' });
  return { ...made, spec: { ...(made.spec as JsonObject), replicas, selector: { matchLabels: { app: 'web' } } } };
}

function pod(name: string, spec: JsonObject, inNamespace = 'shop'): JsonObject {
  const metadata = { name, namespace: inNamespace };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'main', image: 'nginx' }], ...spec } };
}

describe('quotas', () => {
  test('count a bare Pod once, though it is in the tree and asked for', () => {
    const one = admitOne([namespace('shop'), quota({ pods: '1' }), pod('web', {})]);
    expect(one).toMatchObject({ decision: 'admitted', message: '', quota: { admitted: 1, wanted: 1 } });
    expect(admit([namespace('shop'), quota({ pods: '1' }), pod('a', {}), pod('b', {})])).toMatchObject([
      { decision: 'admitted' },
      {
        decision: 'refused',
        message: 'pods "b" is forbidden: exceeded quota: quota, requested: pods=1, used: pods=1, limited: pods=1',
        start: undefined,
      },
    ]);
  });

  test('admit the replicas of a workload as far as they fit', () => {
    const partly = admitOne([namespace('shop'), quota({ pods: '2' }), deployment(3)]);
    expect(partly).toMatchObject({ decision: 'partly', refusals: [], quota: { admitted: 2, wanted: 3 } });
    expect(partly.message).toContain('exceeded quota: quota');
    expect(partly.start?.decision).toBe('starts');
    expect(admitOne([namespace('shop'), quota({ pods: '0' }), deployment(3)]).decision).toBe('refused');
    expect(admitOne([namespace('shop'), quota({ pods: '0' }), deployment(0)]).decision).toBe('admitted');
  });

  test('are not asked where the plugin is off', () => {
    const settings = { admissionPlugins: { ResourceQuota: false } };
    expect(admitOne([namespace('shop'), quota({ pods: '0' }), deployment(1)], settings)).toMatchObject({
      decision: 'admitted',
      quota: undefined,
    });
  });
});

describe('what the API server says first', () => {
  test('is what it has against the workload: nobody makes its pods', () => {
    const made = deployment(1);
    const refused = admitOne([
      namespace('shop'),
      { ...made, metadata: { name: 'web', namespace: 'shop', labels: { v: 1 } } },
    ]);
    expect(refused).toMatchObject({ decision: 'refused', start: undefined });
    expect(refused.message).toMatch(
      /^Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal/,
    );
  });

  test('is all that validation finds, before what validating plugins say', () => {
    const strict = namespace('shop', { 'pod-security.kubernetes.io/enforce': 'baseline' });
    const both = admitOne([strict, pod('both', { hostPID: true, containers: [{ name: 'C' }, { name: 'C' }] })]);
    expect(both.message).toMatch(/^Pod "both" is invalid: \[spec.containers\[0\].name: Invalid value: "C"/);
    expect(pluginsOf(both)).toEqual(['PodSecurity']);
  });
});

describe('gates', () => {
  const range = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits', namespace: 'shop' },
    spec: { limits: [{ type: 'Container', min: { memory: '1Gi' } }] },
  };
  const strict = namespace('shop', { 'pod-security.kubernetes.io/enforce': 'baseline' });
  const hostPod = pod('web', { hostPID: true });

  test('refuse by LimitRanger', () => {
    const small = { containers: [{ name: 'main', image: 'nginx', resources: { limits: { memory: '1Mi' } } }] };
    const refused = admitOne([namespace('shop'), range, pod('web', small)]);
    expect(refused).toMatchObject({ decision: 'refused', quota: undefined, start: undefined });
    expect(pluginsOf(refused)).toEqual(['LimitRanger']);
    expect(refused.message).toContain('minimum memory usage per Container is 1Gi');
  });

  test('refuse by PodSecurity, and by PodSecurityPolicy', () => {
    const byLevel = admitOne([strict, hostPod]);
    expect(pluginsOf(byLevel)).toEqual(['PodSecurity']);
    expect(byLevel.message).toBe(
      'pods "web" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)',
    );
    const byPolicy = admitOne([namespace('shop'), pod('web', {})], { podSecurityPolicy: true });
    expect(pluginsOf(byPolicy)).toEqual(['PodSecurityPolicy']);
    expect(byPolicy.message).toContain('no providers available to validate pod request');
  });

  test('are all asked, each named once, and the first says why', () => {
    const small = { containers: [{ name: 'main', image: 'nginx', resources: { limits: { memory: '1Mi' } } }] };
    const refused = admitOne([strict, range, pod('web', { ...small, hostPID: true })], { podSecurityPolicy: true });
    expect(pluginsOf(refused)).toEqual(['PodSecurityPolicy', 'LimitRanger', 'PodSecurity']);
    expect(refused.message).toContain('no providers available to validate pod request');
  });

  test('are asked for an undeclared namespace as if it were there, and say so', () => {
    const admitted = admitOne([pod('web', {}, 'elsewhere')]);
    expect(admitted.decision).toBe('admitted');
    expect(admitted.assumptions.map(({ sentence }) => sentence)).toContain('namespace `elsewhere` is taken to exist');
    const refused = admitOne([pod('web', {}, 'elsewhere')], { complete: true });
    expect(pluginsOf(refused)[0]).toBe('NamespaceLifecycle');
    expect(refused.message).toContain('namespaces "elsewhere" not found');
  });

  test('leave what is invalid to the API', () => {
    const invalid = admitOne([namespace('shop'), pod('web', { securityContext: { runAsUser: -1 } })]);
    expect(invalid).toMatchObject({ decision: 'refused', refusals: [] });
    expect(invalid.message).toContain('spec.securityContext.runAsUser: Invalid value: -1');
  });
});

describe('static pods', () => {
  const server = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kube-apiserver', namespace: 'kube-system' },
    spec: {
      hostNetwork: true,
      securityContext: { runAsNonRoot: true },
      containers: [{ name: 'main', image: 'kube-apiserver:v1.24.0', command: ['kube-apiserver'] }],
    },
  };

  test('are started by their kubelet as they are written, whether or not their mirror is admitted', () => {
    const settings = { podSecurityPolicy: true, images: { 'kube-apiserver': { user: 0 } } };
    const refused = admitOne([server], settings);
    expect(refused).toMatchObject({ decision: 'refused', start: { decision: 'fails' } });
    expect(pluginsOf(refused)).toEqual(['PodSecurityPolicy']);
    expect(admitOne([server], { podSecurityPolicy: false })).toMatchObject({
      decision: 'admitted',
      start: { decision: 'unknown' },
    });
  });
});

test('an admitted pod is started as the policy left it', () => {
  const policy = {
    apiVersion: 'policy/v1beta1',
    kind: 'PodSecurityPolicy',
    metadata: { name: 'non-root' },
    spec: {
      runAsUser: { rule: 'MustRunAsNonRoot' },
      seLinux: { rule: 'RunAsAny' },
      supplementalGroups: { rule: 'RunAsAny' },
      fsGroup: { rule: 'RunAsAny' },
      volumes: ['*'],
    },
  };
  const masters = { creator: { name: 'admin', groups: ['system:masters'] } };
  const fails = admitOne([policy, namespace('shop'), pod('web', {})], { ...masters, images: { nginx: { user: 0 } } });
  expect(fails).toMatchObject({
    decision: 'admitted',
    start: { decision: 'fails', containers: [{ cause: 'image user 0', user: 'user 0' }] },
  });
  const unknown = admitOne([policy, namespace('shop'), pod('web', {})], masters);
  expect(unknown.start?.decision).toBe('unknown');
  expect(unknown.assumptions.map(({ decide }) => decide)).toContain(
    'add `"nginx": { user: … }` to `settings.images` of the configuration',
  );
});

test('pods of a workload that a ValidatingAdmissionPolicy refuses are not created', () => {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const metadata = { name: 'few' };
  const resourceRules = [
    { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
  ];
  const validations = [{ expression: 'object.spec.replicas <= 3' }];
  const policy = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: { matchConstraints: { resourceRules }, validations },
  };
  const binding = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: 'few', validationActions: ['Deny'] },
  };
  const settings = { kubernetesVersion: '1.37' };
  const refused = admitOne([namespace('shop'), policy, binding, deployment(5)], settings);
  expect(refused).toMatchObject({ decision: 'refused', start: undefined });
  expect(refused.message).toBe(
    `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'few' with binding 'few' denied request: failed expression: object.spec.replicas <= 3`,
  );
  expect(pluginsOf(refused)).toEqual(['ValidatingAdmissionPolicy']);
  expect(admitOne([namespace('shop'), policy, binding, deployment(3)], settings).decision).toBe('admitted');
});

describe('validation', () => {
  test('refuses a pod as the API server does, in the whole of its answer', () => {
    const mounts = [{ name: 'main', image: 'nginx', volumeMounts: [{ name: 'none', mountPath: '/data' }] }];
    const one = admitOne([namespace('shop'), pod('web', { restartPolicy: 'Sometimes', containers: mounts })]);
    expect(one).toMatchObject({
      decision: 'refused',
      refusals: [],
      start: undefined,
      message:
        'Pod "web" is invalid: [spec.containers[0].volumeMounts[0].name: Not found: "none", spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"]',
      invalid: { ofOwner: false, because: [{ path: ['spec', 'containers', 0, 'volumeMounts', 0, 'name'] }, {}] },
    });
  });

  test('refuses a workload, so that nothing makes its pods', () => {
    const made = deployment(1);
    const one = admitOne([namespace('shop'), { ...made, spec: { ...(made.spec as JsonObject), minReadySeconds: -1 } }]);
    const problem = 'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0';
    expect(one).toMatchObject({
      decision: 'refused',
      message: `Deployment.apps "web" is invalid: ${problem}`,
      invalid: { ofOwner: true, because: [{ path: ['spec', 'minReadySeconds'], sentence: problem }] },
    });
  });
});
