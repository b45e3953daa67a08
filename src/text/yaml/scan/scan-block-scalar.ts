import { breakLength, breakText, isBlank, isBreak, isDigit } from './characters.ts';
import { LineBreaks } from './line-breaks.ts';
import type { Scanner } from './scanner.ts';
import { TEXT_SCALAR } from './token.ts';

/** How the final line breaks are kept: `-` none, absent one, `+` all. */
const STRIP = -1;
const KEEP = 1;

/** Reads a literal (`|`) or folded (`>`) scalar (mirrors scannerc.go, `yaml_parser_scan_block_scalar`). */
export function scanBlockScalar(scanner: Scanner, literal: boolean): void {
  const { text, end, position: start } = scanner;
  scanner.position = start + 1;
  const { chomping, increment } = scanHeader(scanner, start);
  let stop = scanner.position;
  skipRestOfLine(scanner, start);

  let indent = increment === 0 ? 0 : Math.max(scanner.indent, 0) + increment;
  const lines = new Indentation(scanner, start);
  indent = lines.skip(indent);
  const parts: string[] = [];
  let pending = '';
  let afterBlank = false;
  while (scanner.position < end && scanner.column === indent) {
    const { position } = scanner;
    const startsBlank = isBlank(text.charCodeAt(position));
    // A line break between two lines that do not start with a blank is folded.
    if (!literal && pending === '\n' && !afterBlank && !startsBlank) {
      if (lines.breaks === '') parts.push(' ');
    } else if (pending !== '') parts.push(pending);
    if (lines.breaks !== '') parts.push(lines.breaks);
    afterBlank = startsBlank;

    let offset = position;
    while (offset < end && !isBreak(text.charCodeAt(offset))) offset++;
    parts.push(text.slice(position, offset));
    stop = offset;
    pending = '';
    if (offset < end) {
      pending = breakText(text.charCodeAt(offset));
      offset += breakLength(text, offset);
      scanner.lineStart = offset;
    }
    scanner.position = offset;
    indent = lines.skip(indent);
  }
  if (chomping !== STRIP) parts.push(pending);
  if (chomping === KEEP) parts.push(lines.breaks);
  scanner.push(TEXT_SCALAR, start, stop, parts.length === 1 ? (parts[0] ?? '') : parts.join(''));
}

interface Header {
  readonly chomping: number;
  readonly increment: number;
}

/** The indicators after `|` or `>`: chomping and indentation, in either order. */
function scanHeader(scanner: Scanner, start: number): Header {
  let chomping = scanChomping(scanner);
  let increment = 0;
  const digit = scanner.at(scanner.position);
  if (isDigit(digit)) {
    if (digit === 0x30) scanner.fail('found an indentation indicator equal to 0', start);
    increment = digit - 0x30;
    scanner.position++;
    if (chomping === 0) chomping = scanChomping(scanner);
  }
  return { chomping, increment };
}

function scanChomping(scanner: Scanner): number {
  const code = scanner.at(scanner.position);
  if (code !== 0x2b && code !== 0x2d) return 0;
  scanner.position++;
  return code === 0x2b ? KEEP : STRIP;
}

/** Steps over blanks, a comment and the line break; anything else is an error. */
function skipRestOfLine(scanner: Scanner, start: number): void {
  const { text, end } = scanner;
  while (isBlank(scanner.at(scanner.position))) scanner.position++;
  const { position } = scanner;
  if (scanner.at(position) === 0x23) {
    while (scanner.position < end && !isBreak(text.charCodeAt(scanner.position))) scanner.position++;
    scanner.comments?.push({ start: position, end: scanner.position });
  }
  if (scanner.position >= end) return;
  if (!isBreak(text.charCodeAt(scanner.position))) {
    scanner.fail('did not find expected comment or line break', start);
  }
  scanner.position += breakLength(text, scanner.position);
  scanner.lineStart = scanner.position;
}

/** The indentation and the empty lines before each line of a block scalar. */
class Indentation {
  /** The line breaks of the empty lines that `skip` stepped over last. */
  breaks = '';
  private readonly scanner: Scanner;
  private readonly start: number;

  constructor(scanner: Scanner, start: number) {
    this.scanner = scanner;
    this.start = start;
  }

  /** Steps to the next line that holds something; answers the indentation, found out here when it is still 0. */
  skip(indent: number): number {
    const { scanner } = this;
    const { text, end } = scanner;
    const breaks = new LineBreaks();
    let deepest = 0;
    let { position } = scanner;
    for (;;) {
      let column = position - scanner.lineStart;
      while (position < end && (indent === 0 || column < indent) && text.charCodeAt(position) === 0x20) {
        position++;
        column++;
      }
      if (column > deepest) deepest = column;
      scanner.position = position;
      if (position >= end) break;
      const code = text.charCodeAt(position);
      if (code === 0x09 && (indent === 0 || column < indent)) {
        scanner.fail('found a tab character where an indentation space is expected', this.start);
      }
      if (!isBreak(code)) break;
      breaks.add(code);
      position += breakLength(text, position);
      scanner.lineStart = position;
    }
    this.breaks = breaks.text;
    return indent === 0 ? Math.max(deepest, scanner.indent + 1, 1) : indent;
  }
}
