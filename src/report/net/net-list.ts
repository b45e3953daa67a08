import type { ListedGroup, NetListSummary, NetListValue } from '../../ask/net/list.ts';
import { csvField } from './net-csv.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { type Cell, renderTable } from '../table.ts';

/** Who may reach whom as a table, one row for each destination and packets; a long table is summed up, and says so. */
export function renderList({ groups, isGrouped, mostNames }: NetListSummary, paint: Paint): string {
  const hasUnknown = groups.some(({ rows }) => rows.some(({ unknown }) => unknown !== 'none'));
  const columns = ['TO', 'ALLOWED', ...(hasUnknown ? ['UNKNOWN'] : []), 'FROM'];
  const cells = ({ allowed, unknown, from }: ListedGroup['rows'][number]): readonly Cell[] => [
    { text: allowed, paint: allowed === 'none' ? paint.dim : paint.green },
    ...(hasUnknown ? [{ text: unknown === 'none' ? '' : unknown, paint: paint.yellow }] : []),
    { text: printableLine(from.join(', ')) },
  ];
  const table = renderTable(
    columns.map((text) => ({ text, paint: paint.bold })),
    groups.flatMap(({ to, rows }) => groupLines(to, rows.map(cells))),
  );
  return isGrouped ? `${table}\n${paint.dim(summary(mostNames))}\n` : table;
}

function summary(mostNames: number | undefined): string {
  const names = mostNames === undefined ? '' : `, and lists of more than ${mostNames} names are shortened`;
  return `Destinations with the same sources share a row${names}; --format json and csv list them one by one.`;
}

/** Names below each other, beside them the rows that are about all of them; a single name beside each of its rows. */
function groupLines(names: readonly string[], rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return Array.from({ length: Math.max(names.length, rows.length) }, (_, line) => {
    const name = printableLine(names[names.length === 1 ? 0 : line] ?? '');
    return [{ text: line < names.length - 1 ? `${name},` : name }, ...(rows[line] ?? [])];
  });
}

/** One line for each pair of ends, in pieces: all of it may be longer than a text can be. */
export function* renderListCsv({ connections }: Pick<NetListValue, 'connections'>): Iterable<string> {
  yield 'from,to,allowed,unknown\n';
  for (const { to, allowed, unknown, from } of connections) {
    const rest = [to, allowed, unknown].map(csvField).join(',');
    yield from.map((source) => `${csvField(source)},${rest}\n`).join('');
  }
}

/** The value as JSON, in pieces. */
export function* renderListJson({ version, connections, refused }: NetListValue): Iterable<string> {
  let between = '\n';
  yield `{\n  "version": ${version},\n  "connections": [`;
  for (const connection of connections) {
    yield between + indented(connection, '    ');
    between = ',\n';
  }
  yield `${between === '\n' ? '' : '\n  '}],\n  "refused": ${indented(refused, '  ').trimStart()}\n}\n`;
}

function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll(/^/gm, indent);
}
