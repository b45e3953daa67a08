import { counted } from '../../../lang/counted.ts';
import { CellWords } from '../view/cell-words.ts';
import type { NetCell } from '../view/cells.ts';
import { GraphEnds } from './graph-ends.ts';
import type { NetNode } from '../view/node.ts';
import type { NetView } from '../view/view.ts';

/** How an edge is drawn: what is certainly allowed, what is not known, and what holds for some pairs only. */
export type EdgeStyle = 'allowed' | 'unknown' | 'some';

/** One box of a picture. `everybody` stands for all workloads of its box, or of all boxes. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NetNode['kind'] | 'everybody';
  /** Untrusted text, unescaped. */
  readonly lines: readonly string[];
  /** What its workloads may send to each other. */
  readonly own?: { readonly style: EdgeStyle; readonly lines: readonly string[] };
  /** The box around it; absent for what is in no namespace. */
  readonly cluster?: string;
}

/** An arrow of a picture, by the ids of its boxes, with what it allows as lines of text. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The other direction has the same. */
  readonly isMutual: boolean;
  readonly style: EdgeStyle;
  readonly lines: readonly string[];
}

/** A picture before it is drawn, in whichever language. */
export interface NetGraph {
  readonly clusters: readonly { readonly id: string; readonly title: string }[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What the picture does not show; '' where it shows all. */
  readonly note: string;
}

/** Draws a view: one edge where a whole namespace, or everybody, may send the same. */
export function netGraph(view: NetView): NetGraph {
  const inDetail = new GraphEnds(view, new CellWords());
  const isCoarse = inDetail.edges().length > mostEdges;
  const words = new CellWords({ isCoarse });
  const ends = isCoarse ? new GraphEnds(view, words) : inDetail;
  const all = ends.edges();
  const linesOf = (cell: NetCell): string[] => (isCoarse && cell.isPartial ? [] : edgeLines(cell, words));
  const style = (cell: NetCell): EdgeStyle =>
    cell.isPartial
      ? 'some'
      : cell.own === undefined && words.ofTraffic(cell.allowed) === 'none'
        ? 'unknown'
        : 'allowed';
  const edges = all.flatMap(({ from, to, isMutual, cell }): GraphEdge[] =>
    from === to ? [] : [{ from: from.id, to: to.id, isMutual, style: style(cell), lines: linesOf(cell) }],
  );
  const own = new Map(
    all.flatMap(({ from, to, cell }) => {
      const lines = linesOf(cell);
      if (cell.own === undefined)
        lines[0] = `${from.members.length > 1 || from.isSeveral ? 'among themselves' : 'to itself'}: ${lines[0] ?? 'some'}`;
      return from === to ? [[from.id, { style: style(cell), lines }]] : [];
    }),
  );
  const ownOf = (id: string): Pick<GraphNode, 'own'> => {
    const found = own.get(id);
    return found === undefined ? {} : { own: found };
  };
  const drawn = new Set([...edges.flatMap(({ from, to }) => [from, to]), ...own.keys()]);
  const clusters = ends.namespaces.map((namespace, index) => ({ id: `c${index}`, title: namespace }));
  const clusterOf = (namespace: string | undefined): { readonly cluster?: string } => {
    const cluster = clusters.find(({ title }) => title === namespace);
    return cluster === undefined ? {} : { cluster: cluster.id };
  };
  const nodes = view.nodes.map((node, index): GraphNode => {
    const [namespace] = node.kind === 'workload' ? node.namespaces : [];
    return {
      id: `n${index}`,
      kind: node.kind,
      lines: nodeLines(node, view),
      ...ownOf(`n${index}`),
      ...clusterOf(namespace),
    };
  });
  const groups = ends.groups.flatMap(({ id, namespace }): GraphNode[] => {
    if (!drawn.has(id)) return [];
    const lines = [namespace === undefined ? 'every pod' : 'every workload here'];
    return [{ id, kind: 'everybody', lines, ...ownOf(id), ...clusterOf(namespace) }];
  });
  return { clusters, nodes: [...groups, ...nodes], edges, note: noteOf(view, isCoarse) };
}

/** With more arrows than this their labels are left out where they say least. */
const mostEdges = 60;
const mostNames = 6;
const mostEdgeLines = 3;
const longestName = 44;
const longestEdgeLine = 28;

function nodeLines({ kind, namespaces, names }: NetNode, { workloads }: NetView): readonly string[] {
  if (kind === 'namespace' || kind === 'rest') {
    const all =
      kind === 'rest' ? [counted(namespaces.length, 'more namespace')] : namespaces.map((name) => `namespace ${name}`);
    const isWhole = names.length === namespaces.reduce((sum, each) => sum + (workloads.get(each) ?? 0), 0);
    return [...listed(all), `${isWhole ? '' : 'the other '}${counted(names.length, 'workload')}`];
  }
  const [namespace = ''] = namespaces;
  return listed(names.map((name) => (kind === 'workload' ? name.slice(namespace.length + 1) : name)));
}

function listed(names: readonly string[]): readonly string[] {
  const shown = names.length > mostNames ? names.slice(0, mostNames - 1) : names;
  const more = names.length - shown.length;
  return [...shown.map((name) => shortened(name, longestName)), ...(more === 0 ? [] : [`and ${more} more`])];
}

function edgeLines(cell: NetCell, words: CellWords): string[] {
  const { own, ...between } = cell;
  if (own !== undefined) {
    const within = own === 'nothing' ? ['nothing'] : edgeLines(own, words);
    return [`within each: ${within.join('; ')}`, `between: ${edgeLines(between, words).join('; ')}`].map((line) =>
      shortened(line, 2 * longestEdgeLine),
    );
  }
  const [sure, maybe] = [words.ofTraffic(cell.allowed), words.ofTraffic(cell.unknown)];
  const lines = [
    ...(sure === 'none' ? [] : sure.split('; ')),
    ...(maybe === 'none' ? [] : maybe.split('; ').map((each) => `? ${each}`)),
  ];
  const shown = lines.length > mostEdgeLines ? [...lines.slice(0, mostEdgeLines - 1), '…'] : lines;
  return shown.length === 0 ? ['nothing'] : shown.map((line) => shortened(line, longestEdgeLine));
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function noteOf({ by, nodes, workloads }: NetView, isCoarse: boolean): string {
  if (by === 'workload') return isCoarse ? 'no ports where only some pairs may talk' : '';
  const all = [...workloads].reduce((sum, [namespace, count]) => sum + (namespace === '' ? 0 : count), 0);
  const rest = nodes.find(({ kind }) => kind === 'rest');
  const without =
    rest === undefined ? '' : `; ${counted(rest.namespaces.length, 'namespace')} in one box for want of room`;
  const ports = isCoarse ? '; no ports where only some pairs may talk' : '';
  return `${counted(all, 'workload')} by namespace${without}${ports}; --namespace shows one of them in detail`;
}
