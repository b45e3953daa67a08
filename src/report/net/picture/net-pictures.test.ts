import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf, workload } from '../../../cluster/load/manifest.fixture.ts';
import { kubernetesPolicy, namespace } from '../../../engines/net/laws/network.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { renderDot } from './net-dot.ts';
import type { MatrixRequest } from '../../../ask/net/matrix.ts';
import { netPicture, type NetPictureValue } from '../../../ask/net/picture.ts';
import { layoutGraph } from './net-layout.ts';
import { renderMermaid } from './net-mermaid.ts';
import { renderSvg } from './net-svg.ts';

function graphOf(objects: readonly JsonObject[], request: MatrixRequest = {}): NetPictureValue {
  const cluster = loadCluster(manifestsOf('all.yaml', ...objects), { settings: {} });
  return netPicture(cluster, request);
}

const within = (name: string) =>
  kubernetesPolicy(name, 'within', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] });
const toWeb = kubernetesPolicy('shop', 'web', {
  podSelector: { matchLabels: { app: 'web' } },
  ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }],
});
const shop = [
  namespace('shop'),
  workload('Deployment', 'web', { namespace: 'shop' }),
  workload('StatefulSet', 'db', { namespace: 'shop' }),
  within('shop'),
  toWeb,
];

describe('a picture of allowed traffic', () => {
  it('has one edge where a whole namespace may do the same', () => {
    const { nodes, edges } = graphOf(shop);
    const title = (id: string) => nodes.find((node) => node.id === id)?.lines.join(' ');
    expect(edges.map(({ from, to, lines }) => `${title(from)} → ${title(to)}: ${lines.join()}`).sort()).toEqual([
      'every workload here → outside (192.0.2.0/24): all',
      'every workload here → outside: all',
      'outside (192.0.2.0/24) → web (Deployment): TCP 443',
    ]);
    expect(nodes.find(({ kind }) => kind === 'everybody')?.own?.lines).toEqual(['among themselves: all']);
  });

  it('lets nothing overlap', () => {
    const { nodes, clusters } = layoutGraph(
      graphOf([...shop, namespace('other'), workload('Deployment', 'a', { namespace: 'other' })]),
    );
    for (const boxes of [nodes, clusters]) {
      for (const [index, a] of boxes.entries()) {
        for (const b of boxes.slice(index + 1)) {
          const isApart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(isApart, JSON.stringify([a, b])).toBe(true);
        }
      }
    }
  });

  it('lets no name act', () => {
    const evil = workload('Deployment', '"]; x --> y\n<script>alert(1)</script>\\', { namespace: '`end`&' });
    const graph = graphOf([evil, ...shop]);
    const [dot, mermaid, svg] = [renderDot(graph), renderMermaid(graph), renderSvg(graph)];
    expect(dot).toContain(String.raw`label="\"]; x --> y\\n<script>alert(1)</script>\\`);
    expect(mermaid).not.toMatch(/<script|x -->|`/);
    expect(svg).not.toContain('<script');
    expect(svg).toContain(String.raw`&quot;]; x --&gt; y\n&lt;script&gt;`);
  });

  it('is about namespaces where there are too many workloads, and says so', () => {
    const many = Array.from({ length: 30 }, (_, number) => {
      const name = `team-${number}`;
      const { length } = `${number % 7}`.repeat(number);
      return [
        namespace(name),
        workload('Deployment', 'a', { namespace: name }),
        workload('Deployment', 'b', { namespace: name }),
        kubernetesPolicy(name, 'from', {
          podSelector: { matchLabels: { app: 'a' } },
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `team-${length % 5}` } } }] },
          ],
        }),
      ];
    });
    const { nodes, clusters, note } = graphOf(many.flat());
    expect(nodes.length).toBeLessThanOrEqual(24);
    expect(clusters).toEqual([]);
    expect(note).toMatch(/^60 workloads by namespace/);
  });

  it('says that no traffic is allowed', () => {
    const closed = kubernetesPolicy('shop', 'closed', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const svg = renderSvg(graphOf([namespace('shop'), workload('Deployment', 'web', { namespace: 'shop' }), closed]));
    expect(svg).toContain('no traffic is allowed');
  });
});
