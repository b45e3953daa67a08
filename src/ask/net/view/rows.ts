import type { Connectivity } from '../../../engines/net/sets/connectivity.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { trafficWords } from '../traffic-words.ts';
import { SortedNames } from './sorted-names.ts';

/** Everyone who may send the same packets. */
export interface NetRow {
  readonly allowed: string;
  readonly unknown: string;
  readonly from: BitSet;
}

/** Destinations that all the same may be sent to by the same. */
export interface NetRowGroup {
  /** Numbers of peers, by name. */
  readonly to: readonly number[];
  readonly rows: readonly NetRow[];
}

/** Who may reach whom. */
export interface NetRows {
  readonly names: SortedNames;
  /** By their first destinations, each destination in one of them; the rows by source. */
  readonly groups: readonly NetRowGroup[];
}

/** The rows of a cluster: for every destination the sources, together where they may send the same. */
export function netRows({ peers, connections }: Connectivity): NetRows {
  const names = new SortedNames(peers.all);
  const words = wordsOfTraffic();
  const said = connections.map(({ traffic, unknown, sources }) => ({
    allowed: words(traffic),
    unknown: words(unknown),
    from: sources,
    first: [...sources].reduce((first, number) => Math.min(first, names.place(number)), Infinity),
  }));
  const groups = destinationGroups(names.order, connections).map(({ to, numbers }) => {
    const byWords = new Map<string, NetRow & { readonly first: number }>();
    for (const { allowed, unknown, from, first } of numbers.flatMap((number) => said[number] ?? [])) {
      const key = `${allowed}|${unknown}`;
      const row = byWords.get(key);
      if (row === undefined) byWords.set(key, { allowed, unknown, from, first });
      else byWords.set(key, { allowed, unknown, from: row.from.union(from), first: Math.min(row.first, first) });
    }
    return { to, rows: [...byWords.values()].sort((a, b) => a.first - b.first) };
  });
  return { names, groups };
}

/** Destinations one by one, with their rows. */
export function* singleDestinations({ names, groups }: NetRows): Iterable<{ to: string; rows: readonly NetRow[] }> {
  const rowsOf = new Map<number, readonly NetRow[]>();
  for (const { to, rows } of groups) for (const number of to) rowsOf.set(number, rows);
  for (const number of names.order) {
    const rows = rowsOf.get(number);
    if (rows !== undefined) yield { to: names.name(number), rows };
  }
}

function wordsOfTraffic(): (traffic: TrafficSet) => string {
  const known = new Map<number, string>();
  return (traffic) => {
    const words = known.get(traffic.id) ?? trafficWords(traffic);
    known.set(traffic.id, words);
    return words;
  };
}

/** Destinations that the same connections speak of. */
function destinationGroups(
  order: readonly number[],
  connections: Connectivity['connections'],
): readonly { readonly to: readonly number[]; readonly numbers: readonly number[] }[] {
  const of: number[][] = order.map(() => []);
  for (const [number, { destinations }] of connections.entries()) {
    for (const destination of destinations) of[destination]?.push(number);
  }
  const groups = new Map<string, { readonly to: number[]; readonly numbers: readonly number[] }>();
  for (const destination of order) {
    const numbers = of[destination] ?? [];
    const key = numbers.join();
    const group = groups.get(key);
    if (group !== undefined) group.to.push(destination);
    else if (numbers.length > 0) groups.set(key, { to: [destination], numbers });
  }
  return [...groups.values()];
}
