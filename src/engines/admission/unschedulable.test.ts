import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf, workload } from '../../cluster/load/manifest.fixture.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import type { JsonObject } from '../../model/object.ts';
import { unschedulable } from './unschedulable.ts';

function node(name: string, spec: JsonObject = {}, labels: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec };
}

function ask(spec: JsonObject, nodes: readonly JsonObject[], kind = 'Pod') {
  const containers = [{ name: 'main', image: 'nginx' }];
  const pod =
    kind === 'Pod'
      ? { apiVersion: 'v1', kind, metadata: { name: 'web' }, spec: { containers, ...spec } }
      : workload(kind, 'web', { namespace: 'default' });
  const cluster = loadCluster(manifestsOf('a.yaml', ...nodes, pod), { settings: { kubernetesVersion: '1.30' } });
  const [source] = podsOf(cluster);
  if (source === undefined) throw new Error('one pod was expected');
  const found = unschedulable(cluster, source);
  return found && { reasons: Object.fromEntries(found.reasons), path: found.path.join('.') };
}

describe('unschedulable', () => {
  const tainted = node('a', { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] });
  const cordoned = node('b', { unschedulable: true });

  it('names what each Node has against a pod', () => {
    expect(ask({}, [tainted, cordoned])).toEqual({
      reasons: {
        'taint `dedicated=db:NoSchedule` not tolerated': ['a'],
        'taint `node.kubernetes.io/unschedulable:NoSchedule` not tolerated': ['b'],
      },
      path: 'spec',
    });
  });

  it('points at what the pod selects, where a Node is not selected', () => {
    const spec = { nodeSelector: { disk: 'ssd' } };
    expect(ask(spec, [node('slow', {}, { disk: 'hdd' }), tainted])?.path).toBe('spec.nodeSelector');
  });

  it('has nothing to say where a Node takes the pod, or none is declared', () => {
    expect(ask({}, [tainted, node('c')])).toBeUndefined();
    expect(ask({}, [])).toBeUndefined();
  });

  it.each<[string, JsonObject, string]>([
    ['a pod with a node', { nodeName: 'a' }, 'Pod'],
    ['a pod of another scheduler', { schedulerName: 'other' }, 'Pod'],
    ['a gated pod', { schedulingGates: [{ name: 'wait' }] }, 'Pod'],
    ['a pod of a DaemonSet', {}, 'DaemonSet'],
  ])('leaves %s alone', (_, spec, kind) => {
    expect(ask(spec, [cordoned], kind)).toBeUndefined();
  });
});
