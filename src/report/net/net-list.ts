import type { Connectivity } from '../../engines/net/sets/connectivity.ts';
import type { NetworkProblem } from '../../engines/net/model/network-of.ts';
import { BitSet } from '../../lang/bit-set.ts';
import { csvField } from './net-csv.ts';
import { problemValue } from './net-flow.ts';
import { netRows, singleDestinations } from './net-rows.ts';
import type { NetRow } from './net-rows.ts';
import type { Paint } from '../paint.ts';
import { MOST_NAMES, PeerWords } from './peer-words.ts';
import { printableLine } from '../printable.ts';
import { type Cell, renderTable } from '../table.ts';

/** A table with more rows than this puts destinations together that have the same sources. */
const MOST_ROWS = 100;

/** Who may reach whom as a table, one row for each destination and packets; a long table is summed up, and says so. */
export function renderList(connectivity: Connectivity, paint: Paint): string {
  const { all } = connectivity.peers;
  const found = netRows(connectivity);
  const words = new PeerWords(all, found.names);
  const hasUnknown = found.groups.some(({ rows }) => rows.some(({ unknown }) => unknown !== 'none'));
  const columns = ['TO', 'ALLOWED', ...(hasUnknown ? ['NOT KNOWN'] : []), 'FROM'];
  const cells = ({ allowed, unknown, from }: NetRow): readonly Cell[] => [
    { text: allowed, paint: allowed === 'none' ? paint.dim : paint.green },
    ...(hasUnknown ? [{ text: unknown === 'none' ? '' : unknown, paint: paint.yellow }] : []),
    { text: printableLine(words.of(from).join(', ')) },
  ];
  const isLong = found.groups.reduce((sum, { to, rows }) => sum + to.length * rows.length, 0) > MOST_ROWS;
  const body = isLong
    ? found.groups.flatMap(({ to, rows }) => groupLines(words.of(setOf(to, all.length)), rows.map(cells)))
    : [...singleDestinations(found)].flatMap(({ to, rows }) =>
        rows.map((row) => [{ text: printableLine(to) }, ...cells(row)]),
      );
  const table = renderTable(
    columns.map((text) => ({ text, paint: paint.bold })),
    body,
  );
  return isLong ? `${table}\n${paint.dim(summary(words.isSummedUp))}\n` : table;
}

function summary(isSummedUp: boolean): string {
  const names = isSummedUp ? `, and more than ${MOST_NAMES} names in one place are summed up` : '';
  return `Destinations that the same may reach stand together, below each other after a comma${names}; --format json and csv name all, one by one.`;
}

/** Names below each other, beside them the rows that are about all of them. */
function groupLines(names: readonly string[], rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return Array.from({ length: Math.max(names.length, rows.length) }, (_, line) => {
    const name = printableLine(names[names.length === 1 ? 0 : line] ?? '');
    return [{ text: line < names.length - 1 ? `${name},` : name }, ...(rows[line] ?? [])];
  });
}

/** One line for each pair of ends, in pieces: all of it may be longer than a text can be. */
export function* renderListCsv(connectivity: Connectivity): Iterable<string> {
  yield 'from,to,allowed,unknown\n';
  const found = netRows(connectivity);
  for (const { to, rows } of singleDestinations(found)) {
    for (const { allowed, unknown, from } of rows) {
      const rest = [to, allowed, unknown].map(csvField).join(',');
      yield found.names
        .of(from)
        .map((source) => `${csvField(source)},${rest}\n`)
        .join('');
    }
  }
}

/** One entry for each destination and packets as JSON, in pieces. */
export function* renderListJson(connectivity: Connectivity, problems: readonly NetworkProblem[]): Iterable<string> {
  const found = netRows(connectivity);
  let between = '\n';
  yield '{\n  "version": 1,\n  "connections": [';
  for (const { to, rows } of singleDestinations(found)) {
    for (const { allowed, unknown, from } of rows) {
      yield between + indented({ to, allowed, unknown, from: found.names.of(from) }, '    ');
      between = ',\n';
    }
  }
  const refused = indented(problems.map(problemValue), '  ').trimStart();
  yield `${between === '\n' ? '' : '\n  '}],\n  "refused": ${refused}\n}\n`;
}

function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll(/^/gm, indent);
}

function setOf(numbers: readonly number[], size: number): BitSet {
  const set = new BitSet(size);
  for (const number of numbers) set.add(number);
  return set;
}
