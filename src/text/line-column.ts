import type { LineColumn, SourceFile } from './source.ts';

const known = new WeakMap<SourceFile, readonly number[]>();

/** The line and column of an offset (both from 1; a column counts UTF-16 code units). Lines end as YAML's do: LF, CR LF or CR. */
export function lineColumn(file: SourceFile, offset: number): LineColumn {
  let starts = known.get(file);
  if (starts === undefined) known.set(file, (starts = lineStarts(file.text)));
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  const hasReturns = text.includes('\r');
  for (let at = text.indexOf('\n'); at !== -1 && !hasReturns; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  if (!hasReturns) return starts;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
