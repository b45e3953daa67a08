import type { SourceFile } from '../../text/source.ts';
import type { Span } from '../../text/tree.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';

/** How a frame looks: `width` is that of the terminal; lines longer than it are cut around the span. */
export interface FrameStyle {
  readonly paint: Paint;
  readonly width: number;
  readonly indent: string;
}

const CONTEXT_LINES = 1;

/**
 * The lines of `file` around `span`, with line numbers and a row of carets under what is meant; ends with a line break, '' for a file
 * without text. Only the neighbourhood is looked at, so the cost does not grow with the file. `line` is that of the start, from 1.
 */
export function codeFrame(file: SourceFile, span: Span, line: number, style: FrameStyle): string {
  const { text } = file;
  if (text === '') return '';
  const start = lineStart(text, span.start);
  const end = lineEnd(text, start);
  const before = linesBefore(text, start);
  const after = linesAfter(text, end);
  const gutter = String(line + after.length).length;
  const room = Math.max(style.width - style.indent.length - gutter - 5, 40);
  const marked = cutAround(text.slice(start, end), span.start - start, Math.min(span.end, end) - start, room);
  const row = (number: number | '', mark: string, content: string): string => {
    const margin = style.paint.dim(`${mark} ${String(number).padStart(gutter)} |`);
    return `${style.indent}${margin}${content === '' ? '' : ` ${content}`}\n`;
  };
  return [
    ...before.map((content, index) => row(line - before.length + index, ' ', cut(content, room))),
    row(line, '>', marked.content),
    row('', ' ', style.paint.red(marked.carets)),
    ...after.map((content, index) => row(line + index + 1, ' ', cut(content, room))),
  ].join('');
}

function linesBefore(text: string, start: number): string[] {
  const lines: string[] = [];
  for (let count = 0, next = start; count < CONTEXT_LINES && isBreak(text.charCodeAt(next - 1)); count++) {
    const end = text.charCodeAt(next - 1) === 0x0a && text.charCodeAt(next - 2) === 0x0d ? next - 2 : next - 1;
    next = lineStart(text, end);
    lines.unshift(text.slice(next, end));
  }
  return lines;
}

function linesAfter(text: string, end: number): string[] {
  const lines: string[] = [];
  for (let count = 0, stop = end; count < CONTEXT_LINES && isBreak(text.charCodeAt(stop)); count++) {
    const start = nextLine(text, stop);
    if (start === text.length) break;
    stop = lineEnd(text, start);
    lines.push(text.slice(start, stop));
  }
  return lines;
}

/** A line is not followed further than this, and where it is left there are no lines beside it: a JSON file of 50 MB may be a single one. */
const LONGEST_LINE = 4096;

function lineStart(text: string, offset: number): number {
  let start = Math.min(offset, text.length);
  const limit = Math.max(0, start - LONGEST_LINE);
  while (start > limit && !isBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

function lineEnd(text: string, start: number): number {
  let end = start;
  const limit = Math.min(text.length, start + 2 * LONGEST_LINE);
  while (end < limit && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

function nextLine(text: string, end: number): number {
  return text.charCodeAt(end) === 0x0d && text.charCodeAt(end + 1) === 0x0a ? end + 2 : end + 1;
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/**
 * The part of a line that shows `from`..`to`, and the carets to put under it. A tab stays a tab in both, so that they line up; what is spelt
 * out because it cannot be printed takes more room than it had.
 */
function cutAround(line: string, from: number, to: number, room: number): { content: string; carets: string } {
  const first = line.length > room && from > room / 2 ? Math.max(0, Math.min(from - 10, line.length - room)) : 0;
  const lead = first > 0 ? '…' : '';
  const before = lead + printable(line.slice(first, from));
  const length = printable(line.slice(from, Math.min(to, from + room))).length;
  const content = fit(before + printable(line.slice(from, first + room)), line.length > first + room, room);
  const blank = before.slice(0, room).replaceAll(/[^\t]/g, ' ');
  return { content, carets: blank + '^'.repeat(Math.max(1, Math.min(length, room - blank.length))) };
}

function cut(line: string, room: number): string {
  return fit(printable(line.slice(0, room)), line.length > room, room);
}

function fit(text: string, goesOn: boolean, room: number): string {
  return text.length > room || goesOn ? `${text.slice(0, room)}…` : text;
}
