import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../model/object.ts';
import type { ClusterSettings } from '../index/cluster.ts';
import { loadCluster } from '../load/load-cluster.ts';
import { apiServer, manifestsOf, workload } from '../load/manifest.fixture.ts';
import type { PodSource } from './pod-source.ts';
import { podsOf } from './pods-of.ts';

function pods(values: JsonObject[], settings: ClusterSettings = {}): readonly PodSource[] {
  return podsOf(
    loadCluster(manifestsOf('a.yaml', ...values), { settings: { kubernetesVersion: '1.24', ...settings } }),
  );
}

function only(values: JsonObject[], settings: ClusterSettings = {}): PodSource {
  const found = pods(values, settings);
  const [pod] = found;
  if (pod === undefined || found.length !== 1) throw new Error(`${found.length} pods`);
  return pod;
}

function spec(pod: PodSource): JsonObject {
  return pod.pod.spec as JsonObject;
}

describe('podsOf', () => {
  it.each([
    ['Pod', 'v1', 'web', 'person', ''],
    ['PodTemplate', 'v1', '', 'unknown', ''],
    ['ReplicationController', 'v1', 'web-', 'controller', 'replication-controller'],
    ['ReplicaSet', 'apps/v1', 'web-', 'controller', 'replicaset-controller'],
    ['ReplicaSet', 'extensions/v1beta1', 'web-', 'controller', 'replicaset-controller'],
    ['Deployment', 'apps/v1beta1', 'web-d7b76f999-', 'controller', 'replicaset-controller'],
    ['Deployment', 'extensions/v1beta1', 'web-d7b76f999-', 'controller', 'replicaset-controller'],
    ['StatefulSet', 'apps/v1beta2', 'web-0', 'controller', 'statefulset-controller'],
    ['DaemonSet', 'apps/v1', 'web-', 'controller', 'daemon-set-controller'],
    ['Job', 'batch/v1', 'web-', 'controller', 'job-controller'],
    ['CronJob', 'batch/v1beta1', 'web-xxxxxxxx-', 'controller', 'job-controller'],
    ['CronJob', 'batch/v2alpha1', 'web-xxxxxxxx-', 'controller', 'job-controller'],
  ])('makes the pod of a %s of %s', (kind, apiVersion, name, by, controller) => {
    const value = workload(kind, 'web', { apiVersion, namespace: 'shop' });
    if (kind === 'PodTemplate') {
      expect(only([{ ...value, template: (value.spec as JsonObject).template ?? null }]).creator.kind).toBe('unknown');
      return;
    }
    const pod = only([value]);
    expect(pod).toMatchObject({ name, namespace: 'shop', accountName: 'default', creator: { kind: by } });
    expect(spec(pod).containers).toEqual([{ name: 'main', image: 'nginx' }]);
    if (controller !== '') expect(pod.creator.user.value.name).toBe(`system:serviceaccount:kube-system:${controller}`);
  });

  it('leads fields of the pod back to the manifest', () => {
    const cronJob = only([workload('CronJob', 'backup', { apiVersion: 'batch/v1' })]);
    const place = cronJob.placeOf(['spec', 'containers', 0, 'image']);
    expect(place.path).toEqual(['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'image']);
    expect(cronJob.placeOf(['metadata', 'annotations', 'a']).path).toEqual([
      'spec',
      'jobTemplate',
      'spec',
      'template',
      'metadata',
      'annotations',
      'a',
    ]);
    expect(cronJob.placeOf(['metadata', 'generateName']).path).toEqual(['metadata', 'name']);
    expect(only([workload('Pod', 'web')]).placeOf(['spec', 'hostPID']).path).toEqual(['spec', 'hostPID']);
  });

  it('names the owner and adds the labels that the controller adds', () => {
    const { metadata } = only([workload('Deployment', 'web')]).pod as { metadata: JsonObject };
    expect(metadata).toEqual({
      generateName: 'web-xxxxxxxxxx-',
      namespace: 'default',
      labels: { app: 'web', 'pod-template-hash': 'xxxxxxxxxx' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'web-xxxxxxxxxx',
          uid: '00000000-0000-0000-0000-000000000000',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
  });

  it('puts the hash of the template into names that messages say, before and after the random end is there', () => {
    const pod = only([workload('Deployment', 'web')]);
    expect(pod.name).toBe('web-d7b76f999-');
    expect(pod.realName('web-xxxxxxxxxx-')).toBe('web-d7b76f999-');
    expect(pod.realName('web-xxxxxxxxxx-xxxxx')).toBe('web-d7b76f999-xxxxx');
    expect(pod.realName('other')).toBe('other');
    expect(only([workload('ReplicaSet', 'web')]).realName('web-')).toBe('web-');
  });

  it('keeps the stand-in where the hash cannot be told', () => {
    const value = workload('Deployment', 'web');
    const { template } = value.spec as { template: JsonObject };
    template.metadata = { creationTimestamp: '2021-01-01T00:00:00Z' };
    expect(only([value]).name).toBe('web-xxxxxxxxxx-');
  });

  it('turns the claims of a StatefulSet into volumes before its own, and leads them back', () => {
    const value = workload('StatefulSet', 'db');
    const outer = value.spec as JsonObject;
    outer.serviceName = 'db';
    outer.volumeClaimTemplates = [{ metadata: { name: 'data' } }];
    const template = outer.template as JsonObject;
    (template.spec as JsonObject).volumes = [
      { name: 'data', emptyDir: {} },
      { name: 'config', configMap: { name: 'db' } },
    ];
    const pod = only([value]);
    expect(spec(pod)).toMatchObject({
      hostname: 'db-0',
      subdomain: 'db',
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } },
        { name: 'config', configMap: { name: 'db' } },
      ],
    });
    expect(pod.placeOf(['spec', 'volumes', 0, 'name']).path).toEqual(['spec', 'volumeClaimTemplates', 0, 'name']);
    expect(pod.placeOf(['spec', 'volumes', 1, 'configMap']).path).toEqual([
      'spec',
      'template',
      'spec',
      'volumes',
      1,
      'configMap',
    ]);
  });

  it('gives daemon pods their tolerations once, the network one only on the host network', () => {
    const value = workload('DaemonSet', 'agent');
    const template = (value.spec as JsonObject).template as JsonObject;
    const own = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' };
    (template.spec as JsonObject).tolerations = [own];
    const tolerations = spec(only([value])).tolerations as Json[];
    expect(tolerations).toHaveLength(6);
    expect(tolerations[0]).toEqual(own);
    (template.spec as JsonObject).hostNetwork = true;
    expect(spec(only([value])).tolerations).toHaveLength(7);
  });

  it('labels the pods of a Job, and numbers those of an indexed one', () => {
    const value = workload('Job', 'sum', { apiVersion: 'batch/v1' });
    (value.spec as JsonObject).completionMode = 'Indexed';
    const pod = only([value]);
    expect(pod.name).toBe('sum-0-');
    expect(pod.pod.metadata).toMatchObject({
      labels: { app: 'sum', 'job-name': 'sum', 'controller-uid': '00000000-0000-0000-0000-000000000000' },
      annotations: { 'batch.kubernetes.io/job-completion-index': '0' },
    });
    expect(spec(pod).containers).toMatchObject([{ env: [{ name: 'JOB_COMPLETION_INDEX' }] }]);
  });

  it('never changes what the manifest says', () => {
    const values = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'].map((kind) =>
      workload(kind, 'web'),
    );
    const objects = manifestsOf('a.yaml', ...values);
    const before = JSON.stringify(objects);
    podsOf(loadCluster(objects));
    expect(JSON.stringify(objects)).toBe(before);
  });

  it('does not count twice what an owner in the tree makes', () => {
    const controlled = (value: JsonObject, kind: string, apiVersion: string, name: string): JsonObject => ({
      ...value,
      metadata: {
        ...(value.metadata as JsonObject),
        ownerReferences: [{ apiVersion, kind, name, controller: true, uid: 'a' }],
      },
    });
    const replicaSet = controlled(workload('ReplicaSet', 'web-1'), 'Deployment', 'apps/v1', 'web');
    const pod = controlled(workload('Pod', 'web-1-a'), 'ReplicaSet', 'apps/v1', 'web-1');
    expect(pods([workload('Deployment', 'web'), replicaSet, pod]).map(({ name }) => name)).toEqual(['web-d7b76f999-']);
    expect(pods([replicaSet, pod]).map(({ name }) => name)).toEqual(['web-1-']);
    const alone = only([pod]);
    expect(alone).toMatchObject({ name: 'web-1-a', creator: { kind: 'controller' } });
    expect(alone.creator.user.value.name).toBe('system:serviceaccount:kube-system:replicaset-controller');
    const round = [controlled(workload('ReplicaSet', 'a'), 'ReplicaSet', 'apps/v1', 'a')];
    expect(pods(round)).toHaveLength(1);
  });

  it('reads custom kinds by a declared path, through lists, to a template or a bare spec', () => {
    const container = { containers: [{ name: 'main', image: 'nginx' }] };
    const rollout = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web' },
      spec: { template: { spec: container } },
    };
    const set = {
      apiVersion: 'x.io/v1',
      kind: 'Set',
      metadata: { name: 's' },
      spec: { jobs: [{ pod: container }, { pod: container }] },
    };
    const podTemplates = { 'argoproj.io/Rollout': 'spec.template', 'x.io/Set': 'spec.jobs[*].pod' };
    const found = pods([rollout, set], { podTemplates });
    expect(found.map(({ name, creator }) => [name, creator.kind])).toEqual([
      ['web-', 'unknown'],
      ['s-', 'unknown'],
      ['s-', 'unknown'],
    ]);
    expect(found[2]?.placeOf(['spec', 'hostPID']).path).toEqual(['spec', 'jobs', 1, 'pod', 'hostPID']);
    expect(pods([rollout])).toEqual([]);
  });

  it('takes control plane pods for static ones, whose mirrors the kubelet creates without an account', () => {
    const pod = only([apiServer()]);
    expect(pod).toMatchObject({ name: 'kube-apiserver-xxxxx', accountName: '', creator: { kind: 'kubelet' } });
    expect(pod.creator.user.value.groups).toEqual(['system:nodes', 'system:authenticated']);
  });

  it('counts only the rights of every authenticated user for an unknown person', () => {
    const { user } = only([workload('Pod', 'web')]).creator;
    expect(user).toMatchObject({ value: { name: '', groups: ['system:authenticated'] } });
    expect(user.decide).toContain('`creator`');
    const creator = { name: 'alice', groups: ['dev'] };
    expect(only([workload('Pod', 'web')], { creator }).creator.user).toEqual({
      value: creator,
      origin: '`creator` in the configuration',
    });
  });

  it('has no pod where there is no pod template, and does not stumble over wrong types', () => {
    const broken: JsonObject[] = [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'b' }, spec: [] },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'c' },
        spec: { template: { spec: { containers: 'x' } } },
      },
    ];
    expect(pods(broken)).toEqual([]);
  });
});
