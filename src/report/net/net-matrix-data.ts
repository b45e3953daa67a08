import type { NetMatrixValue } from '../../ask/net/matrix.ts';
import { csvField } from './net-csv.ts';
import { matrixTable } from './net-matrix.ts';
import { printableLine } from '../printable.ts';

/** The matrix with one line for each that sends; empty where the question leaves a pair out. */
export function renderMatrixCsv(matrix: NetMatrixValue): string {
  const { rows, columns, wordsAt } = matrixTable(matrix);
  const lines = [
    ['from', ...columns.map(({ title }) => title)],
    ...rows.map((row) => [row.title, ...columns.map((column) => wordsAt(row, column) ?? '')]),
  ];
  return lines.map((line) => `${line.map(csvField).join(',')}\n`).join('');
}

/** The matrix as a table of Markdown. */
export function renderMatrixMarkdown(matrix: NetMatrixValue): string {
  const { rows, columns, wordsAt } = matrixTable(matrix);
  const header = ['from \\ to', ...columns.map(({ title }) => title)];
  const body = rows.map((row) => [row.title, ...columns.map((column) => wordsAt(row, column) ?? '')]);
  return [header, header.map(() => '---'), ...body]
    .map((line, index) => `| ${line.map((text) => (index === 1 ? text : markdownText(text))).join(' | ')} |\n`)
    .join('');
}

/** Untrusted text in a cell of a Markdown table: nothing in it is markup. */
export function markdownText(text: string): string {
  return printableLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, (character) => `\\${character}`);
}
