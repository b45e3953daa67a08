import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from '../load.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf, workload } from '../../cluster/load/manifest.fixture.ts';
import { connectivity } from '../../engines/net/sets/connectivity.ts';
import { internetFlowEnds, podFlowEnd } from '../../engines/net/packet/flow-end.ts';
import { flowVerdict } from '../../engines/net/ask/flow-verdict.ts';
import { type FlowQuestion } from '../../engines/net/packet/flow-end.ts';
import { calicoGlobal, calicoPolicy, kubernetesPolicy, namespace } from '../../engines/net/laws/network.fixture.ts';
import { networkOf } from '../../engines/net/model/network-of.ts';
import { valueAt } from '../../lang/traffic/diagram.ts';
import type { JsonObject } from '../../model/object.ts';
import { renderMatrixCsv, renderMatrixMarkdown } from '../../report/net/net-matrix-data.ts';
import { renderMatrix } from '../../report/net/net-matrix.ts';
import { netMatrix } from './matrix.ts';
import { isAsked } from './view/node.ts';
import { netView, type NetViewOptions, type NetView } from './view/view.ts';
import { PLAIN } from '../../report/paint.ts';

const post = join(import.meta.dirname, '../../../fixtures/scenarios/calico-post/cluster');

function postCluster(): Cluster {
  const files = readdirSync(post, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((path) => ({ path, text: readFileSync(join(post, path), 'utf8') }));
  const [first] = load({ files }).clusters;
  if (first === undefined) throw new Error('no cluster');
  return first.cluster;
}

function clusterOf(objects: readonly JsonObject[]): Cluster {
  return loadCluster(manifestsOf('all.yaml', ...objects), { settings: {} });
}

function viewOf(cluster: Cluster, options: Partial<NetViewOptions> = {}): NetView {
  return netView(connectivity(networkOf(cluster).network, 4), { most: 40, ...options });
}

const packets: readonly Pick<FlowQuestion, 'protocol' | 'port' | 'icmp'>[] = [
  ...[53, 80, 443, 3000, 3306, 8080, 8443, 9090, 11011].map((port) => ({ protocol: 6, port })),
  ...[53, 80].map((port) => ({ protocol: 17, port })),
  { protocol: 1, icmp: { type: 8, code: 0 } },
];

/** What the view says about each pair of ends that can be asked for, next to what `net flow` says. */
function compare(cluster: Cluster, view: NetView): { readonly view: string[]; readonly flow: string[] } {
  const ends = [...networkOf(cluster).pods.map((pod) => podFlowEnd(cluster, pod)), ...internetFlowEnds(cluster)];
  const nodeOf = (name: string): number =>
    view.nodes.findIndex(({ names }) => names.includes(name.replace('internet', 'outside')));
  const said: string[] = [];
  const flows: string[] = [];
  for (const from of ends) {
    for (const to of ends) {
      const [source, target] = [nodeOf(from.name), nodeOf(to.name)];
      const [sourceNode, targetNode] = [view.nodes[source], view.nodes[target]];
      if (sourceNode === undefined || targetNode === undefined || !isAsked(sourceNode, targetNode)) continue;
      const cell = view.cells.get(source * view.nodes.length + target);
      for (const packet of packets) {
        const at: [number, number, number] = [
          packet.protocol,
          packet.port ?? packet.icmp?.type ?? 0,
          packet.port === undefined ? 0 : 40_000,
        ];
        const isIn = (set: NonNullable<typeof cell>['allowed'] | undefined): boolean =>
          set !== undefined && valueAt(set, at);
        const title = `${from.name} → ${to.name} ${packet.protocol}:${packet.port ?? ''} `;
        said.push(title + (isIn(cell?.allowed) ? 'allow' : isIn(cell?.unknown) ? 'unknown' : 'deny'));
        flows.push(title + flowVerdict(cluster, { from, to, ...packet }).decision);
      }
    }
  }
  return { view: said, flow: flows };
}

describe('the matrix of a cluster', () => {
  it('gives for every flow of the post the answer of each flow alone', () => {
    const cluster = postCluster();
    const { view, flow } = compare(cluster, viewOf(cluster));
    expect(view).toHaveLength(35 * packets.length);
    expect(view).toEqual(flow);
  });

  it('shows what is too wide as letters', () => {
    expect(renderMatrix(netMatrix(postCluster()), { paint: PLAIN, width: 80 })).toBe(
      `FROM \\ TO                             1    2  3  4    5    6
 1  kube-system/coredns (Deployment)  all  ·  ·  ·    a?   all
 2  metrics/prometheus (StatefulSet)  b    ·  ·  ·    ·    ·
 3  traefik/traefik (Deployment)      b    ·  ·  ·    ·    ·
 4  wordpress/mariadb (StatefulSet)   all  ·  ·  all  all  all
 5  wordpress/wordpress (Deployment)  all  ·  ·  all  all  all
 6  outside                           all  ·  ·  ·    ·

·   nothing
a?  unknown: TCP 80,11011
b   TCP 53; UDP 53
`,
    );
  });

  it('goes on with two letters after z', () => {
    const names = Array.from({ length: 27 }, (_, index) => `w${String(index + 10)}`);
    const objects = names.flatMap((name, index) => [
      workload('Deployment', name, { namespace: 'shop' }),
      kubernetesPolicy('shop', name, {
        podSelector: { matchLabels: { app: name } },
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: index + 101 }] }],
      }),
    ]);
    const matrix = netMatrix(clusterOf([namespace('shop'), ...objects]), { by: 'workload' });
    const text = renderMatrix(matrix, { paint: PLAIN, width: 80 });
    expect(
      text
        .split('\n')
        .filter((line) => / {2}TCP 1\d\d$/.test(line))
        .map((line) => line.trim().split(/ +/)[0]),
    ).toEqual([...Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index)), 'aa']);
  });
});

const shop = ['a', 'b', 'c', 'd'].map((name) => workload('Deployment', name, { namespace: 'shop' }));
const shopOnly = kubernetesPolicy('shop', 'within', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] });

describe('nodes of a view', () => {
  it('are workloads that nothing tells apart', () => {
    const toA = calicoPolicy('shop', 'a', {
      selector: "app == 'a'",
      ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [80] } }],
    });
    const cluster = clusterOf([...shop, namespace('shop'), shopOnly, toA]);
    const view = viewOf(cluster);
    expect(view.nodes.map(({ names }) => names.length)).toEqual([1, 3, 1]);
    const { view: said, flow } = compare(cluster, view);
    expect(said).toEqual(flow);
  });

  it('of many alike ones are named the first few', () => {
    const many = Array.from({ length: 10 }, (_, index) => workload('Pod', `w${String(index)}`, { namespace: 'n' }));
    const matrix = netMatrix(clusterOf([namespace('n'), ...many]), { by: 'workload' });
    expect(renderMatrix(matrix, { paint: PLAIN, width: 200 })).toMatch(/n\/w6, n\/w7, and 2 more\n/);
  });

  it('are namespaces on request, alike ones together', () => {
    const namespaces = ['n1', 'n2', 'n3', 'n4'].flatMap((name) => [
      namespace(name),
      workload('Deployment', 'a', { namespace: name }),
      workload('Deployment', 'b', { namespace: name }),
      kubernetesPolicy(name, 'within', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }),
    ]);
    const text = renderMatrix(netMatrix(clusterOf([...namespaces, ...shop, namespace('shop')]), { by: 'namespace' }), {
      paint: PLAIN,
      width: 100,
    });
    expect(text).toBe(`FROM \\ TO                       1                                        2    3
 1  n1/* and 3 more namespaces  within each: all, between them: nothing  all  all
 2  shop/*                      ·                                        all  all
 3  outside                     ·                                        all

12 workloads in 5 namespaces, by namespace; use --from, --to and --namespace to see a part in more detail

grouped, because they have the same allowed traffic:
 1  n1, n2, n3, n4
`);
  });

  it('keep the selected workloads apart from the rest', () => {
    const cluster = clusterOf([...shop, namespace('shop'), shopOnly, calicoGlobal('GlobalNetworkPolicy', 'g', {})]);
    const matrix = netMatrix(cluster, { from: ['outside', 'shop/a'], to: ['shop'] });
    expect(renderMatrixCsv(matrix)).toBe(
      'from,shop/a (Deployment),shop/b (Deployment) and 2 more\nshop/a (Deployment),all,all\noutside,nothing,nothing\n',
    );
  });

  it('cannot bring markup into a table of Markdown', () => {
    const evil = workload('Deployment', 'a|<script>`', { namespace: 'shop' });
    expect(renderMatrixMarkdown(netMatrix(clusterOf([evil])))).toContain('shop/a\\|&lt;script>\\`');
  });
});
