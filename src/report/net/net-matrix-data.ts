import type { NetworkProblem } from '../../engines/net/model/network-of.ts';
import { CellWords } from './net-cell-words.ts';
import type { NetCell } from './net-cells.ts';
import { csvField } from './net-csv.ts';
import { problemValue } from './net-flow.ts';
import { matrixTable } from './net-matrix.ts';
import type { NetView } from './net-view.ts';
import { printableLine } from '../printable.ts';

/** The matrix with one line for each that sends; empty where the question leaves a pair out. */
export function renderMatrixCsv(view: NetView): string {
  const { rows, columns, wordsAt } = matrixTable(view);
  const lines = [
    ['from', ...columns.map(({ title }) => title)],
    ...rows.map((row) => [row.title, ...columns.map((column) => wordsAt(row, column) ?? '')]),
  ];
  return lines.map((line) => `${line.map(csvField).join(',')}\n`).join('');
}

/** The matrix as a table of Markdown. */
export function renderMatrixMarkdown(view: NetView): string {
  const { rows, columns, wordsAt } = matrixTable(view);
  const header = ['from \\ to', ...columns.map(({ title }) => title)];
  const body = rows.map((row) => [row.title, ...columns.map((column) => wordsAt(row, column) ?? '')]);
  return [header, header.map(() => '---'), ...body]
    .map((line, index) => `| ${line.map((text) => (index === 1 ? text : markdownText(text))).join(' | ')} |\n`)
    .join('');
}

/** Text of strangers in a cell of a Markdown table: nothing in it is markup. */
export function markdownText(text: string): string {
  return printableLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, (character) => `\\${character}`);
}

/** Nodes with their members, and all pairs that may send anything. */
export function renderMatrixJson(view: NetView, problems: readonly NetworkProblem[]): string {
  const { rows, columns, cellAt } = matrixTable(view);
  const words = new CellWords();
  const lines = [...new Map([...rows, ...columns].map((line) => [line.number, line])).values()];
  lines.sort((a, b) => a.number - b.number);
  const value = {
    version: 1,
    by: view.by,
    nodes: lines.map(({ title, node: { kind, namespaces, names } }) => ({ title, kind, namespaces, names })),
    cells: rows.flatMap((from) =>
      columns.flatMap((to) => {
        const cell = cellAt(from, to);
        return cell === undefined ? [] : [{ from: from.title, to: to.title, ...cellValue(cell, words) }];
      }),
    ),
    refused: problems.map(problemValue),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function cellValue({ allowed, unknown, isPartial, own }: NetCell, words: CellWords): object {
  const within = own === undefined ? undefined : own === 'nothing' ? { allowed: 'none', unknown: 'none' } : own;
  return {
    allowed: words.ofTraffic(allowed),
    unknown: words.ofTraffic(unknown),
    ...(isPartial ? { somePairs: true } : {}),
    ...(within === undefined ? {} : { withinEachNamespace: 'isPartial' in within ? cellValue(within, words) : within }),
  };
}
