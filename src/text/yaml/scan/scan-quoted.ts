import { breakLength, hexValue, isBlank, isBreak } from './characters.ts';
import { isDocumentIndicator } from './indicators.ts';
import { LineBreaks } from './line-breaks.ts';
import { foldedText } from './scan-plain.ts';
import type { Scanner } from './scanner.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** Reads a quoted scalar from its opening quote (mirrors scannerc.go, `yaml_parser_scan_flow_scalar`). */
export function scanQuoted(scanner: Scanner, single: boolean): void {
  const { text, position: start } = scanner;
  const quote = single ? 0x27 : 0x22;
  let joined = '';
  let from = start + 1;
  let last = from;
  scanner.position = from;
  for (;;) {
    if (scanner.column === 0 && isDocumentIndicator(scanner, scanner.position)) {
      scanner.fail('found unexpected document indicator', start);
    }
    // One run of characters that stand for themselves; blanks inside a line do.
    let { position } = scanner;
    let code = 0;
    last = position;
    for (; position < scanner.end; position++) {
      code = text.charCodeAt(position);
      if (code === quote || (code === 0x5c && !single) || isBreak(code)) break;
      if (!isBlank(code)) last = position + 1;
    }
    scanner.position = position;
    if (position >= scanner.end) scanner.fail('found unexpected end of stream', start);
    if (code === quote) {
      if (!single || scanner.at(position + 1) !== quote) break;
      joined += text.slice(from, position + 1);
      scanner.position = from = position + 2;
    } else if (code === 0x5c) {
      joined += text.slice(from, position) + scanEscape(scanner, start);
      from = scanner.position;
    } else {
      joined += text.slice(from, last) + scanFold(scanner);
      from = scanner.position;
    }
  }
  const end = scanner.position;
  scanner.position = end + 1;
  scanner.scalarStart = start;
  scanner.scalarEnd = end + 1;
  scanner.scalarText = joined === '' ? text.slice(from, end) : joined + text.slice(from, end);
}

/** The text of one escape sequence; an escaped line break joins the lines, less the white space that follows. */
function scanEscape(scanner: Scanner, start: number): string {
  const { position } = scanner;
  const code = scanner.at(position + 1);
  if (isBreak(code)) {
    scanner.position = position + 1;
    skipBreak(scanner);
    return skipBlankLines(scanner);
  }
  const length = code === 0x78 ? 2 : code === 0x75 ? 4 : code === 0x55 ? 8 : 0;
  if (length === 0) {
    const meaning = ESCAPES[String.fromCharCode(code)];
    if (meaning === undefined || code === 0) return scanner.fail('found unknown escape character', start);
    scanner.position = position + 2;
    return meaning;
  }
  scanner.position = position + 2;
  let value = 0;
  for (let offset = position + 2; offset < position + 2 + length; offset++) {
    const digit = hexValue(scanner.at(offset));
    if (digit < 0) scanner.fail('did not find expected hexdecimal number', start);
    value = value * 16 + digit;
  }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    scanner.fail('found invalid Unicode character escape code', start);
  }
  scanner.position += length;
  return String.fromCodePoint(value);
}

function skipBreak(scanner: Scanner): void {
  scanner.position += breakLength(scanner.text, scanner.position);
  scanner.lineStart = scanner.position;
}

/** Steps over a line break and what follows it; answers what they become. */
function scanFold(scanner: Scanner): string {
  const first = scanner.text.charCodeAt(scanner.position);
  skipBreak(scanner);
  return foldedText(first, skipBlankLines(scanner));
}

/** Steps over white space and line breaks; answers the breaks. */
function skipBlankLines(scanner: Scanner): string {
  const breaks = new LineBreaks();
  for (;;) {
    const code = scanner.at(scanner.position);
    if (isBlank(code)) scanner.position++;
    else if (isBreak(code)) {
      breaks.add(code);
      skipBreak(scanner);
    } else return breaks.text;
  }
}
