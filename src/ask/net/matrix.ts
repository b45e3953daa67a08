import type { Cluster } from '../../cluster/index/cluster.ts';
import type { NetworkProblem } from '../../engines/net/model/network-of.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { CellWords } from './view/cell-words.ts';
import type { NetCell } from './view/cells.ts';
import { isAsked, type NetNode, nodeTitle } from './view/node.ts';
import { askedFlows, type FlowsRequest } from './view/question.ts';
import { type NetView, netView } from './view/view.ts';

/** Which flows a matrix is about, and how much it may hold. */
export interface MatrixRequest extends FlowsRequest {
  /** Absent: by workload, unless that needs more nodes than `most`. */
  readonly by?: 'workload' | 'namespace';
  /** So many nodes a matrix by namespace has at most; the rest is one node. Absent: 25. */
  readonly most?: number;
}

/** Workloads that nothing tells apart, namespaces, or addresses outside: one row, one column, or both. */
export interface MatrixNodeValue extends Pick<NetNode, 'kind' | 'namespaces' | 'names'> {
  /** `shop/web (Deployment)`, `shop/*`, `outside`. */
  readonly title: string;
  /**
   * Which part of the question selects the node. A pair is included if the first sends, the second receives, one of them is in a namespace
   * of the question, and not both are outside.
   */
  readonly filter: NetNode['filter'];
}

/** The allowed traffic as text: `TCP 80,443; UDP 53`, `all`, `none`. */
export interface CellValue {
  readonly allowed: string;
  /** The packets of which the manifests do not say whether they are allowed. */
  readonly unknown: string;
  /** Only some pairs of the two nodes have all of it. */
  readonly somePairs?: true;
  /** Of namespaces with themselves: what holds within each of them; `allowed` and `unknown` hold between them. */
  readonly withinEachNamespace?: CellValue;
}

/** What one node may send to another. */
export interface MatrixCellValue extends CellValue {
  /** Titles of the nodes. */
  readonly from: string;
  readonly to: string;
  /** Their numbers in `nodes`: titles are for readers. */
  readonly fromNode: number;
  readonly toNode: number;
}

/** What `net matrix` answers: what `--format json` prints. Pairs without a cell may send each other nothing. */
export interface NetMatrixValue {
  readonly version: 1;
  readonly by: 'workload' | 'namespace';
  readonly nodes: readonly MatrixNodeValue[];
  readonly cells: readonly MatrixCellValue[];
  /** How many workloads and namespaces with pods there are, including those outside the question. */
  readonly counts: { readonly workloads: number; readonly namespaces: number };
  /** Objects about traffic that have no effect. */
  readonly refused: readonly RefusedValue[];
}

/** More rows than this are no table that a person reads. */
const mostRows = 25;

/**
 * Who may send what to whom, between so few nodes that a person can read it.
 * @throws UsageError for a name that nothing has.
 */
export function netMatrix(cluster: Cluster, request: MatrixRequest = {}): NetMatrixValue {
  const { allowed, problems } = askedFlows(cluster, request);
  return matrixValue(netView(allowed, { ...request, most: request.most ?? mostRows }), problems);
}

/** A view as plain JSON; nodes that nothing was asked of are left out. */
export function matrixValue(
  { by, nodes, cells, workloads }: NetView,
  problems: readonly NetworkProblem[],
): NetMatrixValue {
  const words = new CellWords();
  const lines = nodes.map((node, number) => ({ node, number, title: nodeTitle(node, workloads) }));
  const sends = lines.filter(({ node }) => nodes.some((other) => isAsked(node, other)));
  const receives = lines.filter(({ node }) => nodes.some((other) => isAsked(other, node)));
  const listed = lines.filter((line) => sends.includes(line) || receives.includes(line));
  const places = new Map(listed.map(({ number }, place) => [number, place]));
  const counts = [...workloads].filter(([namespace]) => namespace !== '');
  return {
    version: 1,
    by,
    nodes: listed.map(({ title, node: { kind, namespaces, names, filter } }) => ({
      title,
      kind,
      namespaces,
      names,
      filter,
    })),
    cells: sends.flatMap((from) =>
      receives.flatMap((to): MatrixCellValue[] => {
        const cell = cells.get(from.number * nodes.length + to.number);
        const [fromNode, toNode] = [places.get(from.number), places.get(to.number)];
        if (cell === undefined || fromNode === undefined || toNode === undefined) return [];
        return [{ from: from.title, to: to.title, fromNode, toNode, ...cellValue(cell, words) }];
      }),
    ),
    counts: { workloads: counts.reduce((sum, [, count]) => sum + count, 0), namespaces: counts.length },
    refused: problems.map(refusedValue),
  };
}

function cellValue({ allowed, unknown, isPartial, own }: NetCell, words: CellWords): CellValue {
  const nothing = { allowed: 'none', unknown: 'none' };
  return {
    allowed: words.ofTraffic(allowed),
    unknown: words.ofTraffic(unknown),
    ...(isPartial ? { somePairs: true } : {}),
    ...(own === undefined ? {} : { withinEachNamespace: own === 'nothing' ? nothing : cellValue(own, words) }),
  };
}
