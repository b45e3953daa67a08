import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { storedObjects } from '../../cluster/stored/stored-objects.ts';
import type { JsonObject } from '../../model/object.ts';
import { claimLimitRefusal, limitChange, podLimitRefusal } from './limit-refusals.ts';
import { podAdmission } from './pod-admission.ts';

const metadata = { name: 'web', namespace: 'team' };

function limits(item: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [item] } };
}

function pod(resources: JsonObject, fields: JsonObject = {}): JsonObject {
  const containers = [{ name: 'main', image: 'nginx', resources }];
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...fields } };
}

function clusterOf(...objects: JsonObject[]): Cluster {
  return loadCluster(manifestsOf('a.yaml', ...objects), { settings: { kubernetesVersion: '1.24' } });
}

function podIn(cluster: Cluster): PodSource {
  const [source] = podsOf(cluster);
  if (source === undefined) throw new Error('one pod was expected');
  return source;
}

describe('podLimitRefusal', () => {
  const refusal = (...objects: JsonObject[]) => {
    const cluster = clusterOf(...objects);
    return podLimitRefusal(cluster, podIn(cluster));
  };

  it('is what LimitRanger says about a broken bound', () => {
    expect(refusal(limits({ type: 'Container', max: { cpu: '1' } }), pod({ limits: { cpu: '2' } }))).toMatchObject({
      cause: 'broken',
      message: 'pods "web" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
      because: [{ path: ['spec', 'limits', 0, 'max', 'cpu'] }],
    });
  });

  it('is what the API says about the defaults that are filled in', () => {
    const range = limits({ type: 'Container', default: { cpu: '1' } });
    const found = refusal(range, pod({ requests: { cpu: '2' } }));
    expect(found?.cause).toBe('invalid');
    expect(found?.message).toContain('must be less than or equal to cpu limit');
    expect(found?.because.map(({ path }) => path)).toEqual([['spec', 'limits']]);
  });

  it('is not what the API has against the pod anyway', () => {
    const range = limits({ type: 'Container', default: { memory: '1Gi' } });
    const faulty = pod({}, { volumes: [{ name: 'Bad_Name', emptyDir: {} }] });
    const cluster = clusterOf(range, faulty);
    expect(podAdmission(cluster, podIn(cluster)).validationErrors).not.toEqual([]);
    expect(refusal(range, faulty)).toBeUndefined();
  });

  it('is nothing for a pod that fits', () => {
    expect(refusal(limits({ type: 'Container', max: { cpu: '1' } }), pod({ limits: { cpu: '1' } }))).toBeUndefined();
  });
});

describe('limitChange', () => {
  it('tells the pods that defaults are filled into from those that set all themselves', () => {
    const range = limits({ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '1' } });
    const bare = clusterOf(range, pod({}));
    expect(limitChange(bare, podIn(bare))?.after.spec).toMatchObject({
      containers: [{ resources: { limits: { cpu: '1' }, requests: { cpu: '1' } } }],
    });
    const complete = clusterOf(range, pod({ limits: { cpu: '1' }, requests: { cpu: '1' } }));
    expect(limitChange(complete, podIn(complete))).toBeUndefined();
  });
});

describe('claimLimitRefusal', () => {
  const refusal = (storage: string) => {
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } };
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec };
    const cluster = clusterOf(limits({ type: 'PersistentVolumeClaim', max: { storage: '2Gi' } }), claim);
    const [stored] = storedObjects(cluster, '', 'PersistentVolumeClaim');
    if (stored === undefined) throw new Error('one claim was expected');
    return claimLimitRefusal(cluster, stored);
  };

  it('holds claims to the sizes of their namespace', () => {
    expect(refusal('2Gi')).toBeUndefined();
    expect(refusal('3Gi')?.message).toContain(
      'maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi',
    );
  });
});
