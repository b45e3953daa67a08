import type { LineColumn, SourceFile, SourcePart } from './source.ts';
import type { Span } from './tree.ts';

const tables = new WeakMap<SourceFile, Uint32Array>();

/** The 1-based line and column (in UTF-16 code units) of an offset; offsets past the end count as the end. Lines end as editors see it. */
export function lineColumn(file: SourceFile, offset: number): LineColumn {
  const part = partAt(file, offset);
  if (part !== undefined) return lineColumn(part.file, offset - part.start);
  const starts = lineStarts(file);
  const at = Math.max(0, Math.min(offset, file.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}

/** The offset of a 1-based line and column; that of the end for a place past it. */
export function offsetOf(file: SourceFile, { line, column }: LineColumn): number {
  return Math.min((lineStarts(file)[line - 1] ?? file.text.length) + column - 1, file.text.length);
}

/** The file that a place lies in, and its span there: the file itself unless it was put together from others. */
export function sourceAt(file: SourceFile, span: Span): { readonly file: SourceFile; readonly span: Span } {
  const part = partAt(file, span.start);
  if (part === undefined) return { file, span };
  const { length } = part.file.text;
  const inside = (offset: number): number => Math.min(offset - part.start, length);
  return { file: part.file, span: { start: inside(span.start), end: Math.max(inside(span.start), inside(span.end)) } };
}

/** Whether a text was put together from files: what a kustomization made stands in one. */
export function isPutTogether({ parts }: SourceFile): boolean {
  return parts !== undefined;
}

function partAt({ parts = [] }: SourceFile, offset: number): SourcePart | undefined {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return parts[low];
}

/** Where each line of a file starts: after LF, CR LF and a lone CR. Computed once per file. */
function lineStarts(file: SourceFile): Uint32Array {
  let starts = tables.get(file);
  if (starts === undefined) {
    starts = findLineStarts(file.text);
    tables.set(file, starts);
  }
  return starts;
}

function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  // Whole manifests are searched: the positions of breaks, not the characters or the matches of an expression, are looked at one by one.
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const isFeed = carriage < 0 || (feed >= 0 && feed < carriage);
    const end = isFeed ? feed + 1 : carriage + (feed === carriage + 1 ? 2 : 1);
    starts.push(end);
    if (feed >= 0 && feed < end) feed = text.indexOf('\n', end);
    if (carriage >= 0 && carriage < end) carriage = text.indexOf('\r', end);
  }
  return Uint32Array.from(starts);
}
