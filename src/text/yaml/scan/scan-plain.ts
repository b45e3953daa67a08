import { BLANK, BREAK, COLON, breakLength, breakText, isBlank, isBreak, kindOf } from './characters.ts';
import { endsWord, isDocumentIndicator } from './indicators.ts';
import { LineBreaks } from './line-breaks.ts';
import type { Scanner } from './scanner.ts';

/**
 * Reads a plain scalar, over several lines if they go on, and the white space after it, up to the next token (mirrors scannerc.go,
 * `yaml_parser_scan_plain_scalar`).
 */
export function scanPlain(scanner: Scanner): void {
  const { text, position: start } = scanner;
  const indent = scanner.indent + 1;
  let joined = '';
  let from = start;
  let last = scanWords(scanner);
  let broken = false;
  while (scanner.position < scanner.end && isBreak(text.charCodeAt(scanner.position))) {
    const fold = foldBreaks(scanner, indent, start);
    broken = true;
    const { position } = scanner;
    if (scanner.flowLevel === 0 && scanner.column < indent) break;
    if (scanner.column === 0 && isDocumentIndicator(scanner, position)) break;
    if (scanner.at(position) === 0x23) break;
    const end = scanWords(scanner);
    if (end === position) break;
    broken = false;
    joined += text.slice(from, last) + fold;
    from = position;
    last = end;
  }
  if (broken) scanner.simpleKeyAllowed = true;
  scanner.scalarStart = start;
  scanner.scalarEnd = last;
  scanner.scalarText = joined === '' ? text.slice(start, last) : joined + text.slice(from, last);
}

/** Reads on within one line, and the blanks after the last word; answers the end of that word. */
function scanWords(scanner: Scanner): number {
  const { text, end } = scanner;
  const inFlow = scanner.flowLevel > 0;
  let { position } = scanner;
  let last = position;
  while (position < end) {
    const kind = kindOf(text.charCodeAt(position));
    if (kind === 0) {
      last = ++position;
    } else if (kind === BLANK) {
      do position++;
      while (position < end && isBlank(text.charCodeAt(position)));
      if (text.charCodeAt(position) === 0x23) break;
    } else if (kind === BREAK) {
      break;
    } else if (kind === COLON ? endsWord(scanner, position + 1) : inFlow) {
      break;
    } else {
      last = ++position;
    }
  }
  scanner.position = position;
  return last;
}

/** Steps over line breaks and indentation; answers what they become if the scalar goes on. */
function foldBreaks(scanner: Scanner, indent: number, start: number): string {
  const { text, end } = scanner;
  let first = 0;
  const rest = new LineBreaks();
  let { position } = scanner;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (isBreak(code)) {
      if (first === 0) first = code;
      else rest.add(code);
      position += breakLength(text, position);
      scanner.lineStart = position;
    } else if (code === 0x09 && position - scanner.lineStart < indent) {
      scanner.position = position;
      scanner.fail('found a tab character that violates indentation', start);
    } else if (isBlank(code)) {
      position++;
    } else break;
  }
  scanner.position = position;
  return foldedText(first, rest.text);
}

/** Mirrors libyaml's folding: a single line feed becomes a space, more of them lose one, LS and PS stay. */
export function foldedText(first: number, rest: string): string {
  const leading = breakText(first);
  if (leading !== '\n') return leading + rest;
  return rest === '' ? ' ' : rest;
}
