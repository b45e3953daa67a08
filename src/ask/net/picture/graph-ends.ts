import type { CellWords } from '../view/cell-words.ts';
import type { NetCell } from '../view/cells.ts';
import { isAsked } from '../view/node.ts';
import type { NetView } from '../view/view.ts';

/** Something that an edge may begin or end at: a node of the view, all of a namespace, or all pods. */
export interface GraphEnd {
  readonly id: string;
  /** Of all of a namespace. */
  readonly namespace?: string;
  /** Whether it stands for several workloads. */
  readonly isSeveral: boolean;
  /** Numbers of nodes. */
  readonly members: readonly number[];
}

export interface EndsEdge {
  readonly from: GraphEnd;
  readonly to: GraphEnd;
  readonly isMutual: boolean;
  readonly cell: NetCell;
}

/** Covers the cells of a view with as few edges as it easily can: those between whole groups first. */
export class GraphEnds {
  /** Those with a box of their own. */
  readonly namespaces: readonly string[];
  /** All of a namespace, and all pods, where that is more than one node. */
  readonly groups: readonly GraphEnd[];
  private readonly view: NetView;
  private readonly singles: readonly GraphEnd[];
  private readonly words: CellWords;

  constructor(view: NetView, words: CellWords) {
    this.view = view;
    this.words = words;
    const byNamespace = new Map<string, number[]>();
    for (const [number, { kind, namespaces }] of view.nodes.entries()) {
      const [namespace = ''] = namespaces;
      if (kind !== 'workload') continue;
      const members = byNamespace.get(namespace);
      if (members === undefined) byNamespace.set(namespace, [number]);
      else members.push(number);
    }
    this.namespaces = [...byNamespace.keys()];
    const pods = [...view.nodes.keys()].filter((number) => view.nodes[number]?.kind !== 'outside');
    const all = { id: 'all', isSeveral: true, members: pods };
    const ofNamespaces = [...byNamespace].map(([namespace, members], index) => ({
      id: `g${index}`,
      namespace,
      isSeveral: true,
      members,
    }));
    const several = ofNamespaces.length === 1 ? ofNamespaces : [all, ...ofNamespaces];
    this.groups = several.filter(({ members }) => members.length > 1);
    this.singles = view.nodes.map(({ names }, number) => ({
      id: `n${number}`,
      isSeveral: names.length > 1,
      members: [number],
    }));
  }

  edges(): readonly EndsEdge[] {
    const covered = new Set<number>();
    const found: Omit<EndsEdge, 'isMutual'>[] = [];
    const ends = [...this.groups, ...this.singles];
    const pairs = ends.flatMap((from) =>
      ends.map((to) => ({ from, to, size: from.members.length * to.members.length })),
    );
    pairs.sort((a, b) => b.size - a.size);
    for (const { from, to, size } of pairs) {
      const numbers = this.uniform(from, to);
      if (numbers === undefined) continue;
      const fresh = numbers.filter((number) => !covered.has(number));
      const cell = this.view.cells.get(numbers[0] ?? -1);
      if (cell === undefined || fresh.length === 0 || (size > 1 && fresh.length === 1)) continue;
      for (const number of numbers) covered.add(number);
      found.push({ from, to, cell });
    }
    return joinMutual(found, this.words);
  }

  /** The cells between two ends, where they all hold the same and the view answers them all. */
  private uniform(from: GraphEnd, to: GraphEnd): readonly number[] | undefined {
    const { nodes, cells } = this.view;
    const numbers: number[] = [];
    let key: string | undefined;
    for (const source of from.members) {
      for (const target of to.members) {
        const [sourceNode, targetNode] = [nodes[source], nodes[target]];
        if (sourceNode === undefined || targetNode === undefined || !isAsked(sourceNode, targetNode)) return undefined;
        const number = source * nodes.length + target;
        const cell = cells.get(number);
        if (cell === undefined) return undefined;
        const words = this.words.of(cell);
        if (words !== (key ?? words)) return undefined;
        key = words;
        numbers.push(number);
      }
    }
    return numbers;
  }
}

/** An edge and its opposite as one, where they say the same. */
function joinMutual(edges: readonly Omit<EndsEdge, 'isMutual'>[], words: CellWords): readonly EndsEdge[] {
  const keyOf = (from: GraphEnd, to: GraphEnd, cell: NetCell): string => `${from.id} ${to.id} ${words.of(cell)}`;
  const all = new Set(edges.map(({ from, to, cell }) => keyOf(from, to, cell)));
  const done = new Set<string>();
  return edges.flatMap((edge): EndsEdge[] => {
    const { from, to, cell } = edge;
    if (from === to) return [{ ...edge, isMutual: false }];
    if (done.has(keyOf(to, from, cell))) return [];
    done.add(keyOf(from, to, cell));
    return [{ ...edge, isMutual: all.has(keyOf(to, from, cell)) }];
  });
}
