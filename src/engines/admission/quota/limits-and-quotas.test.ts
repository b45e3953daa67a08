import { describe, expect, test } from 'vitest';
import type { AdmissionRequest } from '../../../cluster/pods/admission-request.ts';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { runAdmission } from '../chain.ts';
import { quotaTally } from '../quota-tally.ts';

const PLUGINS = ['LimitRanger', 'ResourceQuota'];

function clusterOf(version: string, ...objects: JsonObject[]) {
  const settings = { kubernetesVersion: version, bootstrapRBAC: false, complete: true };
  return loadCluster(manifestsOf('cluster.yaml', ...objects), { settings });
}

function object(kind: string, name: string, fields: JsonObject, apiVersion = 'v1'): JsonObject {
  return { apiVersion, kind, metadata: { name, namespace: 'team' }, ...fields };
}

const limits = (...items: JsonObject[]) => object('LimitRange', 'limits', { spec: { limits: items } });
const quota = (spec: JsonObject, name = 'quota') => object('ResourceQuota', name, { spec });

function container(name: string, resources: JsonObject = {}, fields: JsonObject = {}): JsonObject {
  return { name, image: 'nginx', resources, ...fields };
}

function create(spec: JsonObject, kind = 'Pod', resource = 'pods'): AdmissionRequest {
  const user = { name: 'alice', groups: [] };
  return {
    operation: 'CREATE',
    user,
    namespace: 'team',
    resource,
    subresource: '',
    object: object(kind, 'web', { spec }),
  };
}

function refusal(version: string, objects: JsonObject[], spec: JsonObject): string {
  return runAdmission(clusterOf(version, ...objects), create(spec), { plugins: PLUGINS }).message;
}

describe('LimitRanger', () => {
  const range = limits({ type: 'Container', default: { memory: '1Gi' }, max: { cpu: '2' }, min: { cpu: '100m' } });

  test('fills in defaults, from the maximum where there are none, and tells of them', () => {
    const request = create({ containers: [container('a'), container('b', { limits: { cpu: '1' } })] });
    const { object: pod } = runAdmission(clusterOf('1.24', range), request, { plugins: PLUGINS });
    const { containers } = pod.spec as { containers: { resources: JsonObject }[] };
    expect(containers.map(({ resources }) => resources)).toEqual([
      { limits: { memory: '1Gi', cpu: '2' }, requests: { memory: '1Gi', cpu: '2' } },
      { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } },
    ]);
    expect((pod.metadata as JsonObject).annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container a; cpu, memory limit for container a; memory request for container b; memory limit for container b',
    });
  });

  test('says every broken bound, with a full stop up to 1.14', () => {
    const spec = { containers: [container('a', { limits: { cpu: '3' }, requests: { cpu: '50m' } })] };
    const parts = [
      'maximum cpu usage per Container is 2, but limit is 3',
      'minimum cpu usage per Container is 100m, but request is 50m',
    ];
    expect(refusal('1.24', [range], spec)).toBe(`pods "web" is forbidden: [${parts.join(', ')}]`);
    expect(refusal('1.14', [range], spec)).toBe(
      `pods "web" is forbidden: [${parts.map((part) => `${part}.`).join(', ')}]`,
    );
  });

  test('adds up pods in plain numbers up to 1.27; from 1.28 on as they are written, sidecars included', () => {
    const ofPods = limits({ type: 'Pod', max: { memory: '1Gi' } });
    const spec = {
      containers: [container('a', { limits: { memory: '1Gi' } })],
      initContainers: [container('s', { limits: { memory: '1Gi' } }, { restartPolicy: 'Always' })],
    };
    const both = {
      containers: [container('a', { limits: { memory: '1Gi' } }), container('b', { limits: { memory: '1Gi' } })],
    };
    expect(refusal('1.27', [ofPods], both)).toContain('but limit is 2147483648');
    expect(refusal('1.28', [ofPods], both)).toContain('but limit is 2Gi');
    // The gate SidecarContainers is closed up to 1.28.
    expect(refusal('1.28', [ofPods], spec)).toBe('');
    expect(refusal('1.29', [ofPods], spec)).toContain('but limit is 2Gi');
  });

  test('does not know a LimitRange that the API refuses', () => {
    const wrong = limits({ type: 'Container', max: { cpu: '1' }, min: { cpu: '2' } });
    const cluster = clusterOf('1.24', wrong);
    const [refused] = cluster.refused.values();
    expect(refused?.message).toContain('spec.limits[0].min[cpu]: Invalid value');
    expect(refusal('1.24', [wrong], { containers: [container('a')] })).toBe('');
  });
});

describe('ResourceQuota', () => {
  test('demands what it limits, by container from 1.24 on', () => {
    const spec = { containers: [container('b'), container('a', { limits: { cpu: '1' } })] };
    const quotas = [quota({ hard: { 'limits.cpu': '2', memory: '1Gi' } })];
    expect(refusal('1.24', quotas, spec)).toBe(
      'pods "web" is forbidden: failed quota: quota: must specify limits.cpu for: b; memory for: a,b',
    );
    expect(refusal('1.23', quotas, spec)).toBe(
      'pods "web" is forbidden: failed quota: quota: must specify limits.cpu,memory',
    );
  });

  test('counts what is there, in the format of the first that counts', () => {
    const there = object('Pod', 'there', {
      spec: { containers: [container('a', { requests: { memory: '512Mi' } })] },
      status: { phase: 'Running' },
    });
    const ended = { ...there, metadata: { name: 'ended', namespace: 'team' }, status: { phase: 'Succeeded' } };
    const spec = { containers: [container('a', { requests: { memory: '1G' } })] };
    expect(refusal('1.24', [quota({ hard: { 'requests.memory': '1Gi' } }), there, ended], spec)).toBe(
      'pods "web" is forbidden: exceeded quota: quota, requested: requests.memory=1G, used: requests.memory=512Mi, limited: requests.memory=1Gi',
    );
  });

  test('looks at pods of its scopes only', () => {
    const selector = { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['low'] }] };
    const quotas = [quota({ hard: { pods: '0' }, scopeSelector: selector })];
    const containers = [container('a')];
    expect(refusal('1.24', quotas, { containers, priorityClassName: 'low' })).toBe('');
    expect(refusal('1.24', quotas, { containers })).toContain('exceeded quota');
  });

  test('charges overhead from 1.21 on, and from 1.27 on only limits that are set', () => {
    const quotas = [quota({ hard: { 'limits.cpu': '1' } })];
    const spec = { containers: [container('a', { limits: { cpu: '900m' } })], overhead: { cpu: '200m' } };
    expect(refusal('1.20', quotas, spec)).toBe('');
    expect(refusal('1.21', quotas, spec)).toContain('requested: limits.cpu=1100m');
    expect(refusal('1.30', quotas, spec)).toContain('requested: limits.cpu=1100m');
  });

  test('charges a service of type LoadBalancer for its node ports too', () => {
    const cluster = clusterOf('1.24', quota({ hard: { 'services.nodeports': '1', 'services.loadbalancers': '1' } }));
    const ports = [{ port: 80 }, { port: 443 }];
    const admit = (spec: JsonObject) =>
      runAdmission(cluster, create({ ports, ...spec }, 'Service', 'services'), { plugins: PLUGINS }).message;
    expect(admit({ type: 'LoadBalancer' })).toContain('requested: services.nodeports=2, used: services.nodeports=0');
    expect(admit({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false })).toBe('');
    expect(admit({})).toBe('');
  });
});

describe('quotaTally', () => {
  const template = {
    metadata: { labels: { app: 'x' } },
    spec: { containers: [container('a', { requests: { cpu: '1' } })] },
  };
  const deployment = (name: string, replicas: number) =>
    object('Deployment', name, { spec: { replicas, selector: { matchLabels: { app: 'x' } }, template } }, 'apps/v1');
  const told = (...objects: JsonObject[]) =>
    quotaTally(clusterOf('1.24', quota({ hard: { 'requests.cpu': '3' } }), ...objects), 'team').map(
      ({ object: { name }, wanted, admitted, alone }) => [name, wanted, admitted, alone],
    );

  test('tells how many replicas fit, beside what comes before them and alone', () => {
    expect(told(deployment('web', 5))).toEqual([['web', 5, 3, 3]]);
    expect(told(deployment('a', 2), deployment('b', 2))).toEqual([
      ['a', 2, 2, 2],
      ['b', 2, 1, 2],
    ]);
  });

  test('has the words of the server for the first that does not fit', () => {
    const cluster = clusterOf('1.24', quota({ hard: { 'requests.cpu': '3' } }), deployment('web', 5));
    const [fit] = quotaTally(cluster, 'team');
    expect(fit?.rejection?.message).toMatch(
      /^pods "web-[a-z0-9]+-xxxxx" is forbidden: exceeded quota: quota, requested: requests.cpu=1, used: requests.cpu=3, limited: requests.cpu=3$/,
    );
  });

  test('does not let pods that come and go take what others need', () => {
    const ofJob = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
    const cron = object(
      'CronJob',
      'nightly',
      { spec: { schedule: '@daily', jobTemplate: { spec: { parallelism: 2, template: ofJob } } } },
      'batch/v1',
    );
    expect(told(cron, deployment('web', 3))).toEqual([
      ['nightly', 2, 2, 2],
      ['web', 3, 3, 3],
    ]);
  });

  test('counts the claims of a StatefulSet', () => {
    const claim = { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '10Gi' } } } };
    const set = object(
      'StatefulSet',
      'db',
      { spec: { replicas: 3, volumeClaimTemplates: [claim], selector: { matchLabels: { app: 'x' } }, template } },
      'apps/v1',
    );
    const cluster = clusterOf('1.24', quota({ hard: { 'requests.storage': '20Gi' } }), set);
    const [fit] = quotaTally(cluster, 'team');
    expect([fit?.wanted, fit?.admitted, fit?.source]).toEqual([3, 2, undefined]);
    expect(fit?.rejection?.message).toContain('persistentvolumeclaims "data-db-0" is forbidden: exceeded quota');
  });
});
