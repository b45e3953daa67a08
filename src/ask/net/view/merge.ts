import type { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import { cellKey, type NetCell, type NetCells } from './cells.ts';
import { compareNames } from './peer-names.ts';
import { isAsked, type NetNode } from './node.ts';

interface Nodes {
  readonly nodes: readonly NetNode[];
  readonly cells: NetCells;
}

/**
 * Makes one node of those that are alike: that send the same to everybody and are sent the same. Workloads are merged within their
 * namespace; namespaces also where each differs from the others only by what is allowed within itself.
 */
export function mergeAlike({ nodes, cells }: Nodes, by: 'workload' | 'namespace', { nothing }: TrafficAlgebra): Nodes {
  const sparse = new SparseMatrix(nodes, cells);
  const groups: number[][] = [];
  const byLook = new Map<string, number[][]>();
  for (const [number, node] of nodes.entries()) {
    const look = `${mergeKey(node, by)} ${sparse.look(number)}`;
    const candidates = byLook.get(look) ?? [];
    byLook.set(look, candidates);
    const group = candidates.find(([first = 0]) => sparse.areAlike(first, number, by === 'namespace'));
    if (group !== undefined) group.push(number);
    else {
      const fresh = [number];
      candidates.push(fresh);
      groups.push(fresh);
    }
  }
  return regroup({ nodes, cells }, groups, (from, to) => {
    const [first = 0, second] = from;
    if (from !== to) return sparse.cell(first, to[0] ?? 0);
    const own = sparse.cell(first, first);
    const between = second === undefined ? own : sparse.cell(first, second);
    if (cellKey(own) === cellKey(between)) return own;
    return { allowed: nothing, unknown: nothing, isPartial: false, ...between, own: own ?? 'nothing' };
  });
}

/**
 * Keeps the nodes with the most workloads where there are too many, and makes one of the rest; before that, one of most classes of addresses outside
 * where there are more than a few.
 */
export function limitNodes(view: Nodes, most: number, algebra: TrafficAlgebra): Nodes {
  const fewer = joinSmallest(view, mostOutside, ({ kind }) => kind === 'outside', algebra);
  return joinSmallest(fewer, Math.max(most - mostOutside, 1), ({ kind }) => kind !== 'outside', algebra);
}

/** So many nodes are enough for what is outside, where there is no room for all of it. */
const mostOutside = 4;

function joinSmallest(
  view: Nodes,
  most: number,
  concerned: (node: NetNode) => boolean,
  algebra: TrafficAlgebra,
): Nodes {
  const { nodes, cells } = view;
  const all = [...nodes.keys()];
  const bySize = all.filter((number) => nodes[number] !== undefined && concerned(nodes[number]));
  if (bySize.length <= most) return view;
  bySize.sort((a, b) => size(nodes[b]) - size(nodes[a]) || a - b);
  const rest = bySize.slice(most - 1);
  const joined = new Set(rest);
  const groups = [...all.filter((number) => !joined.has(number)).map((number) => [number]), rest];
  const cellOf = (from: readonly number[], to: readonly number[]): NetCell | undefined => {
    const each = from.flatMap((source) => to.map((target) => cells.get(source * nodes.length + target)));
    const [first] = each;
    return each.every((cell) => cellKey(cell) === cellKey(first)) ? first : anyOf(each, algebra);
  };
  return regroup(view, groups, cellOf, rest);
}

function size(node: NetNode | undefined): number {
  return node?.names[0] === 'outside' ? Infinity : (node?.names.length ?? 0);
}

/** What any of several pairs may send. */
function anyOf(cells: readonly (NetCell | undefined)[], algebra: TrafficAlgebra): NetCell {
  let allowed = algebra.nothing;
  let unknown = algebra.nothing;
  for (const cell of cells) {
    for (const each of [cell, cell?.own]) {
      if (each === undefined || each === 'nothing') continue;
      allowed = algebra.union(allowed, each.allowed);
      unknown = algebra.union(unknown, each.unknown);
    }
  }
  return { allowed, unknown, isPartial: true };
}

function regroup(
  { nodes }: Nodes,
  groups: readonly (readonly number[])[],
  cellOf: (from: readonly number[], to: readonly number[]) => NetCell | undefined,
  rest?: readonly number[],
): Nodes {
  const merged = groups.map((group) => {
    const members = group.flatMap((number) => nodes[number] ?? []);
    return { group, node: mergeNodes(members, group === rest) };
  });
  merged.sort((a, b) => rank(a.node) - rank(b.node) || compareNames(title(a.node), title(b.node)));
  const cells = new Map<number, NetCell>();
  for (const [from, source] of merged.entries()) {
    for (const [to, target] of merged.entries()) {
      const cell = isAsked(source.node, target.node) ? cellOf(source.group, target.group) : undefined;
      if (cell !== undefined) cells.set(from * merged.length + to, cell);
    }
  }
  return { nodes: merged.map(({ node }) => node), cells };
}

const kinds: readonly NetNode['kind'][] = ['workload', 'namespace', 'rest', 'outside'];

function rank({ kind }: NetNode): number {
  return Math.max(kinds.indexOf(kind) - 1, 0);
}

function title({ kind, namespaces, names }: NetNode): string {
  return (kind === 'namespace' ? namespaces[0] : names[0]) ?? '';
}

function mergeNodes(nodes: readonly NetNode[], isRest: boolean): NetNode {
  const [first] = nodes;
  return {
    kind: isRest && first?.kind !== 'outside' ? 'rest' : (first?.kind ?? 'rest'),
    namespaces: [...new Set(nodes.flatMap(({ namespaces }) => namespaces))].sort(),
    names: nodes.flatMap(({ names }) => names).sort(compareNames),
    filter: {
      asSource: nodes.some(({ filter }) => filter.asSource),
      asDestination: nodes.some(({ filter }) => filter.asDestination),
      inNamespaces: nodes.some(({ filter }) => filter.inNamespaces),
    },
  };
}

function mergeKey({ kind, namespaces, filter }: NetNode, by: 'workload' | 'namespace'): string {
  return JSON.stringify([kind, by === 'workload' ? namespaces : '', filter]);
}

/** The cells by row and by column. */
class SparseMatrix {
  private readonly count: number;
  private readonly cells: NetCells;
  private readonly rows: Map<number, string>[];
  private readonly columns: Map<number, string>[];

  constructor(nodes: readonly NetNode[], cells: NetCells) {
    this.count = nodes.length;
    this.cells = cells;
    this.rows = nodes.map(() => new Map<number, string>());
    this.columns = nodes.map(() => new Map<number, string>());
    for (const [number, cell] of cells) {
      const [from, to] = [Math.floor(number / this.count), number % this.count];
      const [source, target] = [nodes[from], nodes[to]];
      if (source === undefined || target === undefined || !isAsked(source, target)) continue;
      this.rows[from]?.set(to, cellKey(cell));
      this.columns[to]?.set(from, cellKey(cell));
    }
  }

  cell(from: number, to: number): NetCell | undefined {
    return this.cells.get(from * this.count + to);
  }

  /** Equal for all that are alike. */
  look(number: number): string {
    return [this.rows, this.columns].map((lines) => [...(lines[number]?.values() ?? [])].sort().join(' ')).join(' | ');
  }

  /** Whether two nodes may take each other's place; `apart`: though not within themselves. */
  areAlike(a: number, b: number, apart: boolean): boolean {
    const at = (from: number, to: number): string => this.rows[from]?.get(to) ?? '';
    if (at(a, a) !== at(b, b) || at(a, b) !== at(b, a)) return false;
    if (!apart && at(a, a) !== at(a, b)) return false;
    return [this.rows, this.columns].every((lines) => {
      const [one, other] = [lines[a], lines[b]];
      if (one === undefined || other?.size !== one.size) return false;
      return [...one].every(([number, key]) => number === a || number === b || other.get(number) === key);
    });
  }
}
