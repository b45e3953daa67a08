import type { Connectivity } from '../../../engines/net/sets/connectivity.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';

/** What the peers of one group may send to those of another; where they may send nothing, there is no cell. */
export interface NetCell {
  readonly allowed: TrafficSet;
  readonly unknown: TrafficSet;
  /** Only some pairs have all of it: the sets are what any pair has. */
  readonly isPartial: boolean;
  /** Of a group of namespaces with itself: what holds within each of them, where that differs from what holds between them. */
  readonly own?: NetCell | 'nothing';
}

/** Equal for cells that say the same. */
export function cellKey(cell: NetCell | undefined): string {
  if (cell === undefined) return '';
  const { allowed, unknown, isPartial, own } = cell;
  const ofOwn = own === undefined ? '' : own === 'nothing' ? '=-' : `=${cellKey(own)}`;
  return `${allowed.id},${unknown.id}${isPartial ? '~' : ''}${ofOwn}`;
}

/** Cells by the number of a pair of groups: `from * groups + to`. */
export type NetCells = ReadonlyMap<number, NetCell>;

/** The cells of groups of peers; `groupOf[peer]` is the group of a peer, `sizes[group]` how many peers a group has. */
export function cellsOf(
  { connections, evaluator }: Connectivity,
  groupOf: Int32Array,
  sizes: readonly number[],
): NetCells {
  const { algebra } = evaluator;
  const found = new Map<number, { allowed: TrafficSet; unknown: TrafficSet; first: string; pairs: number }>();
  for (const { sources, destinations, traffic, unknown } of connections) {
    const key = `${traffic.id},${unknown.id}`;
    const into = countByGroup(destinations, groupOf);
    for (const [from, senders] of countByGroup(sources, groupOf)) {
      for (const [to, receivers] of into) {
        const number = from * sizes.length + to;
        const pairs = senders * receivers;
        const cell = found.get(number);
        if (cell === undefined) {
          found.set(number, { allowed: traffic, unknown, first: key, pairs });
          continue;
        }
        if (cell.first === key) cell.pairs += pairs;
        cell.allowed = algebra.union(cell.allowed, traffic);
        cell.unknown = algebra.union(cell.unknown, unknown);
      }
    }
  }
  return new Map(
    [...found].map(([number, { allowed, unknown, first, pairs }]) => {
      const all = (sizes[Math.floor(number / sizes.length)] ?? 0) * (sizes[number % sizes.length] ?? 0);
      const isPartial = pairs < all || first !== `${allowed.id},${unknown.id}`;
      return [number, { allowed, unknown, isPartial }];
    }),
  );
}

function countByGroup(peers: Iterable<number>, groupOf: Int32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const peer of peers) {
    const group = groupOf[peer] ?? 0;
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}
