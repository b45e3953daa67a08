import { describe, expect, it } from 'vitest';
import { admitExplain, connectivity, load, netDiff, netExposure, netFlow, UsageError } from './index.ts';
import type { Cluster } from './index.ts';

const workloads = ['web', 'db']
  .map(
    (name) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: ${name}, ports: [{ name: main, containerPort: 80 }] }] }
---
`,
  )
  .join('');

function policy(from: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [${from}]
      ports: [{ port: 5432 }]
---
`;
}

const fromWeb = policy('{ podSelector: { matchLabels: { app: web } } }');

async function clusterOf(text: string): Promise<Cluster> {
  const { clusters } = await load(['-'], { stdin: () => new TextEncoder().encode(text) });
  const [loaded] = clusters;
  if (loaded === undefined) throw new Error('no cluster');
  return loaded.cluster;
}

/** Answers must say the same after they were sent somewhere. */
function sent<T>(value: T): T {
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  return value;
}

describe('the library about traffic', () => {
  it('decides flows, with the places that decided', async () => {
    const cluster = await clusterOf(workloads + fromWeb);
    const {
      flows: [allowed],
    } = sent(netFlow(cluster, { from: 'shop/web', to: 'shop/db:5432' }));
    expect([allowed?.decision, allowed?.because.at(-1)?.name]).toEqual(['allow', 'db']);
    expect(allowed?.because.at(-1)).toMatchObject({ kind: 'NetworkPolicy', file: '<stdin>', start: { line: 25 } });
    const {
      flows: [denied],
    } = sent(netFlow(cluster, { from: 'shop/web', to: 'shop/db:80', steps: true }));
    expect(denied?.decision).toBe('deny');
    expect(denied?.steps?.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
    expect(() => netFlow(cluster, { from: 'shop/web', to: 'shop/none:80' })).toThrow(UsageError);
  });

  it('lists all connections, with who decides them where that is asked for', async () => {
    const cluster = await clusterOf(workloads + fromWeb);
    const { ends, connections } = sent(connectivity(cluster));
    const names = ends.map((end) => (end.type === 'workload' ? end.name : end.blocks.join()));
    expect(names).toEqual(['shop/web (Deployment)', 'shop/db (Deployment)', '0.0.0.0/0']);
    const toDb = connections.filter(({ to }) => to.includes(1));
    expect(toDb.map(({ from, allowed }) => [from, allowed.words])).toEqual([[[0], 'TCP 5432']]);
    const explained = sent(connectivity(cluster, { deciders: true })).connections.find(({ to }) => to.includes(1));
    const deciding = explained?.deciders?.find(({ decision }) => decision === 'allow');
    expect([deciding?.traffic.words, deciding?.because.map(({ kind }) => kind)]).toEqual([
      'TCP 5432',
      ['Namespace', 'NetworkPolicy'],
    ]);
  });

  it('tells what is exposed', async () => {
    const { workloads: found } = sent(netExposure(await clusterOf(workloads + fromWeb)));
    const db = found.find(({ workload }) => workload.workload === 'db');
    expect(db?.ingress.outside.map(({ blocks, allowed }) => [blocks, allowed.words])).toEqual([
      [['0.0.0.0/0'], 'none'],
    ]);
    expect(db?.ingress.newPods.map(({ pods, allowed }) => [pods[0]?.name, allowed.words])).toEqual([
      ['any pod of a new namespace', 'none'],
      ['pods labelled app=web of namespace shop', 'TCP 5432'],
    ]);
  });

  it('compares two trees', async () => {
    const [old, now] = [
      await clusterOf(workloads + fromWeb),
      await clusterOf(workloads + policy('{ podSelector: {} }')),
    ];
    const { changes } = sent(netDiff(old, now));
    expect(changes.map(({ before, after, traffic, witness }) => [before, after, traffic.words, witness.from])).toEqual([
      ['deny', 'allow', 'TCP 5432', 'shop/db (Deployment)'],
    ]);
    expect(sent(netDiff(old, old)).changes).toEqual([]);
  });
});

describe('the library about admission', () => {
  it('takes every pod through all gates, and asks whether it starts', async () => {
    const cluster = await clusterOf(workloads);
    const pods = sent(admitExplain([{ cluster }])).clusters.flatMap((each) => each.pods);
    expect(pods.map(({ owner, decision, kubelet }) => [owner.name, decision, kubelet?.decision])).toEqual([
      ['web', 'admitted', 'starts'],
      ['db', 'admitted', 'starts'],
    ]);
    expect(pods[0]?.gates.map(({ plugin }) => plugin)).toContain('ServiceAccount');
  });
});
