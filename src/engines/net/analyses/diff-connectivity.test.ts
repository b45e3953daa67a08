import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf, tcp } from '../laws/analysis.fixture.ts';
import { diffConnectivity } from './diff-connectivity.ts';
import type { ConnectivityDiff, FlowChange } from './diff-connectivity.ts';
import { kubernetesPolicy, namespace } from '../laws/network.fixture.ts';

const shop = namespace('shop');
const web = workload('Deployment', 'web', { namespace: 'shop' });
const db = workload('StatefulSet', 'db', { namespace: 'shop' });

function diff(before: readonly JsonObject[], after: readonly JsonObject[]): ConnectivityDiff {
  return diffConnectivity(clusterOf([shop, ...before]), clusterOf([shop, ...after]));
}

function shown(changes: readonly FlowChange[]): string[] {
  return changes.map(({ before, after, sources, destinations, traffic, witness }) => {
    const ends = [sources, destinations].map((list) => list.map(({ name }) => name || 'outside').join('+'));
    const { source, destination, packet } = witness;
    return `${before}>${after} ${ends.join(' to ')} ${tcp(traffic, 80, 81)}: ${source.name} ${destination.name} ${String(packet.port)}`;
  });
}

function toDb(...ports: number[]): JsonObject {
  const from = [{ podSelector: { matchLabels: { app: 'web' } } }];
  return kubernetesPolicy('shop', 'db', {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [{ from, ports: ports.map((port) => ({ port })) }],
  });
}

describe('the difference of two clusters in flows', () => {
  it('is empty for a cluster and itself', () => {
    const same = diff([web, db, toDb(80)], [toDb(80), db, web]);
    expect([same.changes, same.ofAdded, same.ofRemoved, same.added, same.removed]).toEqual([[], [], [], [], []]);
  });

  it('shows what is opened and closed, with a packet and who decides it before and after', () => {
    const { changes } = diff([web, db, toDb(80)], [web, db, toDb(81)]);
    expect(shown(changes)).toEqual([
      'allow>deny shop/web (Deployment) to shop/db (StatefulSet) 80: shop/web (Deployment) shop/db (StatefulSet) 80',
      'deny>allow shop/web (Deployment) to shop/db (StatefulSet) 81: shop/web (Deployment) shop/db (StatefulSet) 81',
    ]);
    const [closed] = changes;
    const said = [closed?.witness.before, closed?.witness.after].map((verdict) => [
      verdict?.decision,
      verdict?.reasons.find(({ sentence }) => sentence.startsWith('ingress'))?.path.join('.'),
    ]);
    expect(said).toEqual([
      ['allow', 'spec.ingress.0.from.0'],
      ['deny', 'spec'],
    ]);
  });

  it('splits addresses where either cluster does', () => {
    const block = (cidr: string): JsonObject =>
      kubernetesPolicy('shop', 'web', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] });
    const { changes } = diff([web, block('192.0.2.0/25')], [web, block('192.0.2.64/26')]);
    expect(shown(changes)).toEqual([
      'allow>deny outside to shop/web (Deployment) all: 192.0.2.1 shop/web (Deployment) 80',
    ]);
  });

  it('keeps apart what becomes unknown', () => {
    const front = (selector: JsonObject): JsonObject =>
      kubernetesPolicy('shop', 'web', { podSelector: {}, ingress: [{ from: [{ namespaceSelector: selector }] }] });
    const other = workload('Deployment', 'other', { namespace: 'undeclared' });
    const { changes } = diff([web, other, front({})], [web, other, front({ matchLabels: { role: 'front' } })]);
    expect(shown(changes)).toEqual([
      'allow>unknown undeclared/other (Deployment) to shop/web (Deployment) 80,81: undeclared/other (Deployment) shop/web (Deployment) 80',
      'allow>deny shop/web (Deployment) to shop/web (Deployment) 80,81: shop/web (Deployment) shop/web (Deployment) 80',
    ]);
  });

  it('tells flows of workloads that come or go from flows that change', () => {
    const more = diff([web, toDb(80)], [web, db, toDb(80)]);
    expect([more.changes, more.added.map(({ name }) => name), more.ofRemoved]).toEqual([
      [],
      ['shop/db (StatefulSet)'],
      [],
    ]);
    expect(more.ofAdded.map(({ before, after }) => `${before}>${after}`)).toEqual(['absent>allow', 'absent>allow']);
    const less = diff([web, db, toDb(80)], [web, toDb(80)]);
    expect([less.changes, less.ofAdded, less.removed.map(({ name }) => name)]).toEqual([
      [],
      [],
      ['shop/db (StatefulSet)'],
    ]);
    expect(less.ofRemoved.length).toBe(more.ofAdded.length);
  });
});
