import { describe, expect, test } from 'vitest';
import type { AdmissionRequest } from '../../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { apiServer, manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { admitInCluster } from '../admit-in-cluster.ts';
import { type AdmissionVerdict, type ChainOptions, runAdmission } from '../chain.ts';

function cluster(objects: JsonObject[], version = '1.24', complete = true): Cluster {
  const settings = { kubernetesVersion: version, bootstrapRBAC: false, complete };
  return loadCluster(manifestsOf('cluster.yaml', ...objects), { settings });
}

function namespace(name: string, fields: JsonObject = {}, status: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...fields }, status };
}

function podRequest(spec: JsonObject = {}, metadata: JsonObject = { name: 'web' }): AdmissionRequest {
  const containers = [{ name: 'main', image: 'nginx' }];
  return {
    operation: 'CREATE',
    user: { name: 'alice', groups: ['system:authenticated'] },
    namespace: 'default',
    resource: 'pods',
    subresource: '',
    object: { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...spec } },
  };
}

/** A request about an object of any other kind. */
function request(resource: string, object: JsonObject, group = ''): AdmissionRequest {
  return { ...podRequest(), group, resource, object };
}

function judge(
  on: Cluster,
  asked: AdmissionRequest,
  plugin: string,
  options: Partial<ChainOptions> = {},
): AdmissionVerdict {
  return runAdmission(on, asked, { plugins: [plugin], ...options });
}

function specOf({ object }: AdmissionVerdict): JsonObject {
  return object.spec as JsonObject;
}

describe('admission plugins', () => {
  test('NamespaceLifecycle refuses what is created in a namespace that is absent or being deleted', () => {
    const leaving = cluster([namespace('leaving', {}, { phase: 'Terminating' })]);
    const absent = judge(leaving, { ...podRequest(), namespace: 'gone' }, 'NamespaceLifecycle');
    expect([absent.code, absent.message]).toEqual([404, 'namespaces "gone" not found']);
    expect(judge(leaving, { ...podRequest(), namespace: 'leaving' }, 'NamespaceLifecycle').message).toBe(
      'pods "web" is forbidden: unable to create new content in namespace leaving because it is being terminated',
    );
    const open = judge(cluster([], '1.24', false), { ...podRequest(), namespace: 'gone' }, 'NamespaceLifecycle');
    expect([open.decision, open.assumptions.length]).toEqual(['allow', 1]);
  });

  test('AlwaysPullImages changes every container, and spares updates without a new image from 1.21 on', () => {
    const spec = { initContainers: [{ name: 'i', image: 'a:1', imagePullPolicy: 'Never' }] };
    const verdict = judge(cluster([]), podRequest(spec), 'AlwaysPullImages');
    expect(specOf(verdict).initContainers).toMatchObject([{ imagePullPolicy: 'Always' }]);
    const old = podRequest(spec).object;
    const update: AdmissionRequest = { ...podRequest(spec), operation: 'UPDATE', oldObject: old };
    expect(specOf(judge(cluster([]), update, 'AlwaysPullImages')).initContainers).toMatchObject([
      { imagePullPolicy: 'Never' },
    ]);
    expect(specOf(judge(cluster([], '1.20'), update, 'AlwaysPullImages')).initContainers).toMatchObject([
      { imagePullPolicy: 'Always' },
    ]);
  });

  test.each([
    [
      '1.25',
      'persistentvolumeclaims "data" is forbidden: Internal error occurred: 2 default StorageClasses were found',
    ],
    ['1.26', ''],
  ])('DefaultStorageClass in %s has two default classes', (version, message) => {
    const storageClass = (name: string): JsonObject => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'example.com/x',
    });
    const claim = request('persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'] },
    });
    const verdict = judge(cluster([storageClass('b'), storageClass('a')], version), claim, 'DefaultStorageClass');
    expect(verdict.message).toBe(message);
    if (message === '') expect(specOf(verdict).storageClassName).toBe('a');
  });

  test('NodeRestriction lets a node create mirrors of its own pods alone', () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: 'u1' } };
    const user = { name: 'system:node:n1', groups: ['system:nodes'] };
    const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'u1', controller: true };
    const annotations = { 'kubernetes.io/config.mirror': 'x' };
    const metadata = { name: 'web', annotations, ownerReferences: [owner] };
    const ask = (spec: JsonObject, of: JsonObject = metadata): string =>
      judge(cluster([node]), { ...podRequest(spec, of), user }, 'NodeRestriction').message;
    expect(ask({ nodeName: 'n1' })).toBe('');
    expect(ask({ nodeName: 'n1' }, { name: 'web' })).toContain('node "n1" can only create mirror pods');
    expect(ask({ nodeName: 'n2' })).toContain('can only create pods with spec.nodeName set to itself');
    expect(ask({ nodeName: 'n1', serviceAccountName: 'a' })).toContain('that reference a service account');
    expect(ask({ nodeName: 'n1' }, { ...metadata, ownerReferences: [{ ...owner, uid: 'u2' }] })).toContain(
      'node n1 UID mismatch: expected u2 got u1',
    );
  });

  test('NodeRestriction keeps nodes from labels that steer workloads', () => {
    const user = { name: 'system:node:n1', groups: ['system:nodes'] };
    const labels = { 'node-restriction.kubernetes.io/a': '', 'kubernetes.io/os': 'linux', 'kubernetes.io/x': '' };
    const node = request('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels } });
    expect(judge(cluster([]), { ...node, user }, 'NodeRestriction').message).toBe(
      'nodes "n1" is forbidden: node "n1" is not allowed to set the following labels: kubernetes.io/x, node-restriction.kubernetes.io/a',
    );
  });

  test('Priority gives a pod the priority of its class, of the default one, or none', () => {
    const high = (globalDefault: boolean): JsonObject => ({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 1000,
      globalDefault,
    });
    const of = (objects: JsonObject[], spec: JsonObject = {}): JsonObject =>
      specOf(judge(cluster(objects), podRequest(spec), 'Priority'));
    expect(of([high(true)])).toMatchObject({ priorityClassName: 'high', priority: 1000 });
    expect(of([high(false)])).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
    expect(of([], { priorityClassName: 'system-node-critical' })).toMatchObject({ priority: 2_000_001_000 });
    expect(judge(cluster([]), podRequest({ priorityClassName: 'none' }), 'Priority').message).toBe(
      'pods "web" is forbidden: no PriorityClass with name none was found',
    );
    const early = judge(cluster([], '1.16'), podRequest({ priorityClassName: 'system-node-critical' }), 'Priority');
    expect(early.message).toContain('is not permitted in default namespace');
  });

  test('RuntimeClass gives a pod the overhead of its class, and refuses another', () => {
    const kata = {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'kata' },
      handler: 'kata',
      overhead: { podFixed: { cpu: '250m' } },
      scheduling: { nodeSelector: { runtime: 'kata' } },
    };
    const spec = { runtimeClassName: 'kata' };
    const verdict = judge(cluster([kata]), podRequest(spec), 'RuntimeClass');
    expect(specOf(verdict)).toMatchObject({ overhead: { cpu: '250m' }, nodeSelector: { runtime: 'kata' } });
    const equal = podRequest({ ...spec, overhead: { cpu: '0.25' } });
    expect(judge(cluster([kata]), equal, 'RuntimeClass').decision).toBe('allow');
    const other = podRequest({ ...spec, overhead: { cpu: '1' } });
    expect(judge(cluster([kata]), other, 'RuntimeClass').message).toContain(
      "doesn't match RuntimeClass's defined Overhead",
    );
    expect(judge(cluster([]), podRequest(spec), 'RuntimeClass').message).toContain('RuntimeClass "kata" not found');
    expect(judge(cluster([], '1.24', false), podRequest(spec), 'RuntimeClass').assumptions).toHaveLength(1);
  });

  test('PodNodeSelector merges the selector of the namespace, or says that they conflict', () => {
    const annotations = { 'scheduler.alpha.kubernetes.io/node-selector': 'env=prod' };
    const on = cluster([namespace('default', { annotations })]);
    const verdict = judge(on, podRequest({ nodeSelector: { zone: 'a' } }), 'PodNodeSelector');
    expect(specOf(verdict).nodeSelector).toEqual({ env: 'prod', zone: 'a' });
    const conflict = judge(
      on,
      podRequest({ nodeSelector: { env: 'dev' } }, { generateName: 'web-' }),
      'PodNodeSelector',
    );
    expect(conflict.message).toBe(
      'pods is forbidden: pod node label selector conflicts with its namespace node label selector',
    );
    const configuration = { PodNodeSelector: { podNodeSelectorPluginConfig: { default: 'env=dev' } } };
    expect(judge(on, podRequest(), 'PodNodeSelector', { configuration }).message).toBe(
      'pods "web" is forbidden: pod node label selector labels conflict with its namespace whitelist',
    );
  });

  test('PodTolerationRestriction answers with a bare error', () => {
    const annotations = { 'scheduler.alpha.kubernetes.io/tolerationsWhitelist': '[{"key":"a","operator":"Exists"}]' };
    const on = cluster([namespace('default', { annotations })]);
    const verdict = judge(
      on,
      podRequest({ tolerations: [{ key: 'b', operator: 'Exists' }] }),
      'PodTolerationRestriction',
    );
    expect([verdict.code, verdict.reason, verdict.message]).toEqual([
      500,
      '',
      'pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist',
    ]);
  });

  test('PodSecurity takes its defaults and exemptions from its configuration', () => {
    const hostile = podRequest({ hostNetwork: true });
    const configuration = { PodSecurity: { defaults: { enforce: 'baseline', 'enforce-version': 'latest' } } };
    const verdict = judge(cluster([]), hostile, 'PodSecurity', { configuration });
    expect(verdict.message).toBe(
      'pods "web" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
    );
    expect(verdict.auditAnnotations).toHaveProperty(['pod-security.kubernetes.io/enforce-policy'], 'baseline:latest');
    const exempt = { PodSecurity: { ...configuration.PodSecurity, exemptions: { namespaces: ['default'] } } };
    expect(judge(cluster([]), hostile, 'PodSecurity', { configuration: exempt }).decision).toBe('allow');
  });

  test('a refusal ends the request, unless every gate is asked for', () => {
    const spec = { hostNetwork: true, securityContext: { runAsUser: 1 }, priorityClassName: 'none' };
    const on = cluster([namespace('default', { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } })]);
    const plugins = ['SecurityContextDeny', 'PodSecurity', 'Priority'];
    const first = runAdmission(on, podRequest(spec), { plugins });
    expect(first.gates.map(({ plugin }) => plugin)).toEqual(['Priority']);
    const all = runAdmission(on, podRequest(spec), { plugins, everyGate: true });
    expect(all.deniedBy).toBe('Priority');
    expect(all.gates.filter(({ rejection }) => rejection !== undefined).map(({ plugin }) => plugin)).toEqual([
      'Priority',
      'SecurityContextDeny',
      'PodSecurity',
    ]);
  });
});

describe('admitInCluster', () => {
  test('runs what the kube-apiserver enables, with the configuration that the tree holds', () => {
    const command = ['kube-apiserver', '--enable-admission-plugins=AlwaysPullImages,PodNodeSelector'];
    const config = '--admission-control-config-file=/etc/kubernetes/admission.yaml';
    const server = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'kube-apiserver', namespace: 'kube-system' },
      spec: { containers: [{ name: 'a', image: 'k8s.gcr.io/kube-apiserver:v1.24.17', command: [...command, config] }] },
    };
    const configuration = { podNodeSelectorPluginConfig: { clusterDefaultNodeSelector: 'env=prod' } };
    const admission = {
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AdmissionConfiguration',
      plugins: [{ name: 'PodNodeSelector', configuration }],
    };
    const hooks = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'hooks' },
    };
    const objects = [
      ...manifestsOf('a/server.yaml', server, hooks),
      ...manifestsOf('kubernetes/admission.yaml', admission),
    ];
    const verdict = admitInCluster(loadCluster(objects, { settings: { complete: true } }), podRequest());
    expect(specOf(verdict).nodeSelector).toEqual({ env: 'prod' });
    expect(specOf(verdict).containers).toMatchObject([{ imagePullPolicy: 'Always' }]);
    expect(verdict.notJudged).toEqual(['ValidatingAdmissionWebhook']);
  });

  test('holds privileged containers to --allow-privileged, which kubeadm sets and where nothing is shown is taken to be set', () => {
    const asked = podRequest({ containers: [{ name: 'main', image: 'nginx', securityContext: { privileged: true } }] });
    const faults = (...objects: JsonObject[]) =>
      admitInCluster(loadCluster(manifestsOf('a.yaml', ...objects), { settings: {} }), asked).validationErrors.length;
    expect([faults(), faults(apiServer()), faults(apiServer('--allow-privileged=true'))]).toEqual([0, 1, 0]);
    const kubeadm = { apiVersion: 'kubeadm.k8s.io/v1beta3', kind: 'ClusterConfiguration', apiServer: {} };
    expect(faults(kubeadm)).toBe(0);
  });

  test('says nothing of configurations where no kube-apiserver is shown', () => {
    const { assumptions } = admitInCluster(loadCluster([], { settings: {} }), podRequest());
    expect(assumptions.filter(({ sentence }) => sentence.includes('configuration of its own'))).toEqual([]);
  });
});
