import type { CellValue, MatrixNodeValue, NetMatrixValue } from '../../ask/net/matrix.ts';
import { counted } from '../../lang/counted.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { type Cell, renderTable } from '../table.ts';

/** Everything that a format needs of a matrix: rows and columns that hold an answer, and the words where they meet. */
export interface MatrixTable {
  readonly rows: readonly MatrixLine[];
  readonly columns: readonly MatrixLine[];
  /** Undefined where the question leaves it out. */
  readonly wordsAt: (from: MatrixLine, to: MatrixLine) => string | undefined;
}

export interface MatrixLine {
  readonly number: number;
  readonly title: string;
  readonly node: MatrixNodeValue;
}

/** The rows and columns of a matrix. */
export function matrixTable({ nodes, cells }: NetMatrixValue): MatrixTable {
  const lines = nodes.map((node, number) => ({ node, number, title: node.title }));
  const words = new Map(cells.map((cell) => [cell.fromNode * nodes.length + cell.toNode, cellWords(cell)]));
  return {
    rows: lines.filter(({ node }) => nodes.some((other) => isAsked(node, other))),
    columns: lines.filter(({ node }) => nodes.some((other) => isAsked(other, node))),
    wordsAt: (from, to) =>
      isAsked(from.node, to.node) ? (words.get(from.number * nodes.length + to.number) ?? 'nothing') : undefined,
  };
}

/** Whether the matrix answers what one node sends to another. */
function isAsked(from: MatrixNodeValue, to: MatrixNodeValue): boolean {
  if (from.kind === 'outside' && to.kind === 'outside') return false;
  return from.filter.asSource && to.filter.asDestination && (from.filter.inNamespaces || to.filter.inNamespaces);
}

/** `all`, `TCP 53`, `unknown: TCP 80`, `some pairs: TCP 80`, `within each: all, between them: nothing`. */
function cellWords({ allowed, unknown, somePairs, withinEachNamespace: own }: CellValue): string {
  const parts = [...(allowed === 'none' ? [] : [allowed]), ...(unknown === 'none' ? [] : [`unknown: ${unknown}`])];
  const words = `${somePairs === true ? 'some pairs: ' : ''}${parts.join('; ') || 'nothing'}`;
  return own === undefined ? words : `within each: ${cellWords(own)}, between them: ${words}`;
}

/**
 * The matrix for a person, `width` columns wide: who sends stands at the left, who receives at the top, by number. What is too long for a cell
 * gets a letter, which is explained below.
 */
export function renderMatrix(
  matrix: NetMatrixValue,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): string {
  const table = matrixTable(matrix);
  if (table.rows.length === 0) return 'there are no pods that policies apply to\n';
  const numbers = new Map<number, string>();
  for (const line of [...table.rows, ...table.columns].sort((a, b) => a.number - b.number)) {
    if (!numbers.has(line.number)) numbers.set(line.number, `${numbers.size + 1}`);
  }
  const inWords = renderPanels(table, numbers, Infinity, paint, (words) => words);
  const legend = new Map<string, string>();
  const isNarrow = inWords.split('\n').every((line) => plainLength(line) <= width);
  const panels = isNarrow
    ? inWords
    : renderPanels(table, numbers, width, paint, (words) => {
        if (words === 'all') return words;
        const letter = legend.get(words) ?? letterOf(legend.size);
        legend.set(words, letter);
        return `${letter}${words.includes('unknown') ? '?' : ''}`;
      });
  return (
    panels +
    renderColumns(table, numbers, paint) +
    renderLegend(legend, paint) +
    renderGroups(table, numbers, matrix, paint)
  );
}

function renderPanels(
  table: MatrixTable,
  numbers: ReadonlyMap<number, string>,
  width: number,
  paint: Paint,
  shorten: (words: string) => string,
): string {
  const texts = table.rows.map((row) =>
    table.columns.map((column) => {
      const words = table.wordsAt(row, column);
      return words === undefined ? '' : words === 'nothing' ? '·' : shorten(words);
    }),
  );
  const labels = table.rows.map(
    ({ number, title }) =>
      `${(numbers.get(number) ?? '').padStart(2)}  ${shortened(printableLine(title), longestLabel)}`,
  );
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const widths = table.columns.map(({ number }, index) =>
    Math.max((numbers.get(number) ?? '').length, ...texts.map((row) => row[index]?.length ?? 0)),
  );
  let text = '';
  for (const { first, last } of panelsOf(widths, width - labelWidth)) {
    const header: Cell[] = [{ text: 'FROM \\ TO', paint: paint.bold }];
    for (const { number } of table.columns.slice(first, last)) {
      header.push({ text: numbers.get(number) ?? '', paint: paint.bold });
    }
    const body = table.rows.map((_, row): Cell[] => [
      { text: labels[row] ?? '' },
      ...(texts[row] ?? []).slice(first, last).map((each) => ({ text: each, paint: paintOf(each, paint) })),
    ]);
    text += `${text === '' ? '' : '\n'}${renderTable(header, body)}`;
  }
  return text;
}

/** As many columns side by side as there is room for. */
function panelsOf(
  widths: readonly number[],
  room: number,
): readonly { readonly first: number; readonly last: number }[] {
  const panels: { first: number; last: number }[] = [];
  let used = Infinity;
  for (const [index, width] of widths.entries()) {
    const panel = panels.at(-1);
    used += width + 2;
    if (panel === undefined || used > room) {
      panels.push({ first: index, last: index + 1 });
      used = width + 2;
    } else panel.last = index + 1;
  }
  return panels;
}

function paintOf(text: string, paint: Paint): (text: string) => string {
  if (text === '·') return paint.dim;
  return text.includes('?') || text.includes('unknown') ? paint.yellow : paint.green;
}

/** Without the sequences that colour it. */
function plainLength(line: string): number {
  // eslint-disable-next-line no-control-regex -- the escape character is what is looked for
  return line.replace(/\u001b\[[\d;]*m/g, '').length;
}

function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : `${letterOf(Math.floor(index / 26) - 1)}${letter}`;
}

/** The names of columns that have no row. */
function renderColumns({ rows, columns }: MatrixTable, numbers: ReadonlyMap<number, string>, paint: Paint): string {
  const named = new Set(rows.map(({ number }) => number));
  const others = columns.filter(({ number }) => !named.has(number));
  const body = others.map(({ number, title }): Cell[] => [
    { text: (numbers.get(number) ?? '').padStart(2) },
    { text: shortened(printableLine(title), longestLabel) },
  ]);
  return body.length === 0 ? '' : `\n${renderTable([{ text: 'TO', paint: paint.bold }], body)}`;
}

function renderLegend(legend: ReadonlyMap<string, string>, paint: Paint): string {
  if (legend.size === 0) return '';
  const rows = [...legend].map(([words, letter]): Cell[] => [
    { text: `${letter}${words.includes('unknown') ? '?' : ''}`, paint: paint.bold },
    { text: words },
  ]);
  return `\n${renderTable([{ text: '·' }, { text: 'nothing' }], rows)}`;
}

/** Columns of a name; what is outside may be many blocks. */
const longestLabel = 50;
const longestList = 160;

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** At most so many names of a group are listed. */
const mostNames = 8;

/** What stands behind the numbers that stand for several. */
function renderGroups(
  { rows, columns }: MatrixTable,
  numbers: ReadonlyMap<number, string>,
  { by, counts }: NetMatrixValue,
  paint: Paint,
): string {
  const lines = [...new Map([...rows, ...columns].map((line) => [line.number, line])).values()];
  const grouped = lines.filter(
    ({ node }) => (node.kind === 'workload' || node.kind === 'outside' ? node.names : node.namespaces).length > 1,
  );
  let text = '';
  if (by === 'namespace') {
    text += `\n${counted(counts.workloads, 'workload')} in ${counted(counts.namespaces, 'namespace')}, by namespace; use --from, --to and --namespace to see a part in more detail\n`;
  }
  if (grouped.length === 0) return text;
  text += `\n${paint.dim('grouped, because they have the same allowed traffic:')}\n`;
  const body = grouped.map(({ number, node }): Cell[] => {
    const names = node.kind === 'workload' || node.kind === 'outside' ? node.names : node.namespaces;
    const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
    const what = node.kind === 'rest' ? 'not shown separately: ' : '';
    return [
      { text: (numbers.get(number) ?? '').padStart(2) },
      { text: shortened(printableLine(`${what}${names.slice(0, mostNames).join(', ')}`), longestList) + more },
    ];
  });
  const [first = [], ...rest] = body;
  return text + renderTable(first, rest);
}
