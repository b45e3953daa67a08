/** What stands in one field of a table, and how it is coloured. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** A table as lines of text: columns as wide as their widest cell, two spaces between them, no trailing blanks. */
export function renderTable(header: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const widths = header.map(({ text }) => text.length);
  for (const row of rows) {
    for (const [column, { text }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length);
  }
  return [header, ...rows].map((row) => renderRow(row, widths)).join('');
}

function renderRow(row: readonly Cell[], widths: readonly number[]): string {
  const last = row.findLastIndex(({ text }) => text !== '');
  let line = '';
  for (const [column, { text, paint }] of row.entries()) {
    if (column > last) break;
    const painted = paint === undefined ? text : paint(text);
    line += column === last ? painted : `${painted}${' '.repeat((widths[column] ?? 0) - text.length + 2)}`;
  }
  return `${line}\n`;
}
