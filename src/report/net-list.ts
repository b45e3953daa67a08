import type { Connectivity } from '../engines/net/connectivity.ts';
import type { NetworkProblem } from '../engines/net/network-of.ts';
import { csvField } from './net-csv.ts';
import { problemValue } from './net-flow.ts';
import { compareNames, peerNames } from './net-peers.ts';
import { trafficWords } from './net-traffic.ts';
import type { Paint } from './paint.ts';
import { printableLine } from './printable.ts';
import { type Cell, renderTable } from './table.ts';

/** One destination with everyone who may send it the same packets. */
export interface ListRow {
  readonly to: string;
  readonly allowed: string;
  readonly unknown: string;
  readonly from: readonly string[];
}

/** Who may reach whom: for every destination the sources, together where they may send the same. */
export function listRows({ peers, connections }: Connectivity): readonly ListRow[] {
  const names = peerNames(peers.all);
  const bySource = new Map<number, Map<string, { allowed: string; unknown: string; from: number[] }>>();
  const words = new Map<number, string>();
  const wordsOf = (traffic: Parameters<typeof trafficWords>[0]): string => {
    const known = words.get(traffic.id) ?? trafficWords(traffic);
    words.set(traffic.id, known);
    return known;
  };
  for (const { sources, destinations, traffic, unknown } of connections) {
    const [allowed, maybe] = [wordsOf(traffic), wordsOf(unknown)];
    for (const destination of destinations) {
      const rows = bySource.get(destination) ?? new Map<string, { allowed: string; unknown: string; from: number[] }>();
      bySource.set(destination, rows);
      const key = `${allowed}|${maybe}`;
      const row = rows.get(key) ?? { allowed, unknown: maybe, from: [] };
      rows.set(key, row);
      for (const source of sources) {
        if (source !== destination || peers.all[source]?.pod !== undefined) row.from.push(source);
      }
    }
  }
  const order = [...bySource].sort(([a], [b]) => compareNames(names[a] ?? '', names[b] ?? ''));
  return order.flatMap(([destination, rows]) =>
    [...rows.values()].map(({ allowed, unknown, from }) => ({
      to: names[destination] ?? '',
      allowed,
      unknown,
      from: [...new Set(from)].map((source) => names[source] ?? '').sort(compareNames),
    })),
  );
}

/** The rows as a table, sources of one namespace together where all of its pods are among them. */
export function renderList(connectivity: Connectivity, paint: Paint): string {
  const rows = listRows(connectivity);
  const everybody = peerNames(connectivity.peers.all);
  const hasUnknown = rows.some(({ unknown }) => unknown !== 'none');
  const columns = ['TO', 'ALLOWED', ...(hasUnknown ? ['NOT KNOWN'] : []), 'FROM'];
  const body = rows.map(({ to, allowed, unknown, from }): Cell[] => [
    { text: printableLine(to) },
    { text: allowed, paint: allowed === 'none' ? paint.dim : paint.green },
    ...(hasUnknown ? [{ text: unknown === 'none' ? '' : unknown, paint: paint.yellow }] : []),
    { text: printableLine(shortened(from, everybody).join(', ')) },
  ]);
  return renderTable(
    columns.map((text) => ({ text, paint: paint.bold })),
    body,
  );
}

/** One line for each pair of ends. */
export function renderListCsv(connectivity: Connectivity): string {
  const lines = listRows(connectivity).flatMap(({ to, allowed, unknown, from }) =>
    from.map((source) => [source, to, allowed, unknown].map(csvField).join(',')),
  );
  return ['from,to,allowed,unknown', ...lines].map((line) => `${line}\n`).join('');
}

/** The rows as JSON. */
export function renderListJson(connectivity: Connectivity, problems: readonly NetworkProblem[]): string {
  const value = { version: 1, connections: listRows(connectivity), refused: problems.map(problemValue) };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function shortened(names: readonly string[], everybody: readonly string[]): readonly string[] {
  const all = groupByNamespace(everybody);
  const own = groupByNamespace(names);
  if (names.length === everybody.length) return ['everybody'];
  const everyPod = [...all].every(
    ([namespace, pods]) => namespace === '' || own.get(namespace)?.length === pods.length,
  );
  if (everyPod && all.size > 1) return ['every pod', ...(own.get('') ?? [])];
  return [...own].flatMap(([namespace, pods]) =>
    namespace !== '' && pods.length > 1 && all.get(namespace)?.length === pods.length ? [`${namespace}/*`] : pods,
  );
}

function groupByNamespace(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const namespace = name.startsWith('outside') ? '' : name.slice(0, name.indexOf('/'));
    groups.set(namespace, [...(groups.get(namespace) ?? []), name]);
  }
  return groups;
}
