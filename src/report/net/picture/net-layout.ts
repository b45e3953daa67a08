import { Graph, layout, type PlacedNode, type Point } from './dagre.ts';
import { type Box, spreadEnds } from './edge-ends.ts';
import type { GraphEdge, GraphNode, NetGraph } from '../../../ask/net/picture/graph.ts';

/** A graph with a place for everything. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly clusters: readonly (Box & { readonly title: string })[];
  readonly nodes: readonly (Box & { readonly node: GraphNode })[];
  readonly edges: readonly PlacedEdge[];
}

/** An edge with the points of its way and the middle of its label. */
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label: Box;
}

/** The fixed width of a character, and the height of a line, of node and edge texts. */
export const metrics = { character: 7.3, line: 16, smallCharacter: 6.7, smallLine: 14 } as const;

/** The room for a cluster's title above its nodes. */
const titleRoom = 26;
const clusterPadding = 12;

/** Places nodes in layers from left to right, clusters and labels of edges included. */
export function layoutGraph(graph: NetGraph): GraphLayout {
  const placed = new Graph({ compound: true, multigraph: true });
  placed.setGraph({ rankdir: 'LR', nodesep: 34, edgesep: 18, ranksep: 46, marginx: 20, marginy: 20 + titleRoom });
  for (const { id } of graph.clusters) placed.setNode(id, { width: 0, height: 0 });
  for (const { id, lines: named, own, kind, cluster } of graph.nodes) {
    const lines = [...named, ...(own?.lines ?? [])];
    const title = graph.clusters.find((each) => each.id === cluster)?.title ?? '';
    const widest = Math.max(title.length + 2, ...lines.map(({ length }) => length));
    const round = kind === 'outside' || kind === 'everybody' ? 26 : 18;
    placed.setNode(id, { width: widest * metrics.character + round, height: lines.length * metrics.line + 14 });
    if (cluster !== undefined) placed.setParent(id, cluster);
  }
  for (const [index, { from, to, lines }] of graph.edges.entries()) {
    const width = Math.max(0, ...lines.map(({ length }) => length)) * metrics.smallCharacter + 8;
    const height = lines.length * metrics.smallLine + 4;
    placed.setEdge(from, to, { width, height, labelpos: 'c' }, `${index}`);
  }
  layout(placed);
  const { width = 0, height = 0 } = placed.graph();
  const boxes = new Map(graph.nodes.map(({ id }) => [id, boxOf(placed.node(id))]));
  const ways = spreadEnds(
    graph.edges.map(({ from, to }, index) => ({ from, to, points: placed.edge(from, to, `${index}`).points ?? [] })),
    boxes,
  );
  return {
    width,
    height,
    clusters: graph.clusters.map(({ id, title }) => ({ title, ...clusterBox(boxOf(placed.node(id))) })),
    nodes: graph.nodes.map((node) => ({ node, ...boxOf(placed.node(node.id)) })),
    edges: graph.edges.map((edge, index) => {
      const label = placed.edge(edge.from, edge.to, `${index}`);
      return { edge, points: ways[index] ?? [], label: boxOf(label) };
    }),
  };
}

/** From the middle, as dagre counts, to the corner. */
function boxOf({ x = 0, y = 0, width, height }: PlacedNode): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function clusterBox({ x, y, width, height }: Box): Box {
  return { x, y: y - titleRoom + clusterPadding, width, height: height + titleRoom - clusterPadding };
}
