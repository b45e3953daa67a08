import { breakLength, isBlank, isBreak } from './characters.ts';
import { endsWord, isDocumentIndicator } from './indicators.ts';
import { scanBlockScalar } from './scan-block-scalar.ts';
import { scanDirective } from './scan-directive.ts';
import { scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { scanAnchor, scanTag } from './scan-properties.ts';
import { Scanner } from './scanner.ts';
import * as token from './token.ts';

/** The tokens of the chunk of `text` from `begin` up to `end`, read on demand. */
export function scan(text: string, begin: number, end: number): Scanner {
  return new Scanner(text, begin, end, fetchNext);
}

/** Reads the next token, with those that its indentation implies, into the scanner's queue. */
function fetchNext(scanner: Scanner): void {
  skipToToken(scanner);
  scanner.unrollIndent(scanner.column);
  const { position, end } = scanner;
  if (position >= end) {
    // The end counts as a line of its own, on which no key can go on.
    scanner.lineStart = position;
    resetBlock(scanner);
    scanner.push(token.STREAM_END, position, position);
    return;
  }
  const code = scanner.text.charCodeAt(position);
  if (position === scanner.lineStart && fetchLineStart(scanner, code)) return;
  const fetch = FETCHERS[code] ?? fetchPlain;
  fetch(scanner, code);
}

type Fetcher = (scanner: Scanner, code: number) => void;

/** What the character under the scanner begins; nothing listed begins a plain scalar. */
const FETCHERS: Fetcher[] = [];
for (const [characters, fetcher] of [
  ['[{', fetchFlowStart],
  [']}', fetchFlowEnd],
  [',', fetchFlowEntry],
  ['-', fetchBlockEntry],
  ['?', fetchKey],
  [':', fetchValue],
  ['*&', fetchAnchor],
  ['!', fetchTag],
  [`'"`, fetchQuoted],
  ['|>', fetchBlockScalar],
  ['\t%@`', refuse],
] as const) {
  for (const character of characters) FETCHERS[character.charCodeAt(0)] = fetcher;
}

/** Steps over white space, line breaks and comments. */
function skipToToken(scanner: Scanner): void {
  const { text, end } = scanner;
  for (;;) {
    scanner.swallowByteOrderMark();
    let { position } = scanner;
    const tabs = scanner.flowLevel > 0 || !scanner.simpleKeyAllowed;
    let code = 0;
    for (; position < end; position++) {
      code = text.charCodeAt(position);
      if (code !== 0x20 && !(code === 0x09 && tabs)) break;
    }
    if (position < end && code === 0x23) {
      const start = position;
      do position++;
      while (position < end && !isBreak((code = text.charCodeAt(position))));
      scanner.comments?.push({ start, end: position });
    }
    if (position >= end || !isBreak(code)) {
      scanner.position = position;
      return;
    }
    position += breakLength(text, position);
    scanner.position = position;
    scanner.lineStart = position;
    if (scanner.flowLevel === 0) scanner.simpleKeyAllowed = true;
  }
}

function resetBlock(scanner: Scanner): void {
  scanner.unrollIndent(-1);
  scanner.removeSimpleKey();
  scanner.simpleKeyAllowed = false;
}

/** Directives and the document indicators, which count only in the first column. */
function fetchLineStart(scanner: Scanner, code: number): boolean {
  const { position } = scanner;
  if (code === 0x25) {
    resetBlock(scanner);
    scanDirective(scanner);
    return true;
  }
  if (!isDocumentIndicator(scanner, position)) return false;
  resetBlock(scanner);
  scanner.position = position + 3;
  scanner.push(code === 0x2d ? token.DOCUMENT_START : token.DOCUMENT_END, position, position + 3);
  return true;
}

function refuse(scanner: Scanner): never {
  return scanner.fail('found character that cannot start any token', scanner.position);
}

function indicator(scanner: Scanner, type: number): void {
  const { position } = scanner;
  scanner.position = position + 1;
  scanner.push(type, position, position + 1);
}

function fetchFlowStart(scanner: Scanner, code: number): void {
  scanner.saveSimpleKey();
  scanner.increaseFlowLevel();
  scanner.simpleKeyAllowed = true;
  indicator(scanner, code === 0x5b ? token.FLOW_SEQUENCE_START : token.FLOW_MAPPING_START);
}

function fetchFlowEnd(scanner: Scanner, code: number): void {
  scanner.removeSimpleKey();
  scanner.decreaseFlowLevel();
  scanner.simpleKeyAllowed = false;
  indicator(scanner, code === 0x5d ? token.FLOW_SEQUENCE_END : token.FLOW_MAPPING_END);
}

function fetchFlowEntry(scanner: Scanner): void {
  scanner.removeSimpleKey();
  scanner.simpleKeyAllowed = true;
  indicator(scanner, token.FLOW_ENTRY);
}

function fetchBlockEntry(scanner: Scanner): void {
  const { position } = scanner;
  if (!endsWord(scanner, position + 1)) {
    fetchPlain(scanner);
    return;
  }
  if (scanner.flowLevel === 0) {
    if (!scanner.simpleKeyAllowed) scanner.fail('block sequence entries are not allowed in this context', position);
    scanner.rollIndent(scanner.column, -1, token.BLOCK_SEQUENCE_START, position);
  }
  scanner.removeSimpleKey();
  scanner.simpleKeyAllowed = true;
  indicator(scanner, token.BLOCK_ENTRY);
}

function fetchKey(scanner: Scanner): void {
  const { position } = scanner;
  if (scanner.flowLevel === 0) {
    if (!endsWord(scanner, position + 1)) {
      fetchPlain(scanner);
      return;
    }
    if (!scanner.simpleKeyAllowed) scanner.fail('mapping keys are not allowed in this context', position);
    scanner.rollIndent(scanner.column, -1, token.BLOCK_MAPPING_START, position);
  }
  scanner.removeSimpleKey();
  scanner.simpleKeyAllowed = scanner.flowLevel === 0;
  indicator(scanner, token.KEY);
}

function fetchValue(scanner: Scanner): void {
  const { position } = scanner;
  if (scanner.flowLevel === 0 && !endsWord(scanner, position + 1)) {
    fetchPlain(scanner);
    return;
  }
  if (scanner.confirmSimpleKey(token.BLOCK_MAPPING_START)) {
    scanner.simpleKeyAllowed = false;
  } else {
    if (scanner.flowLevel === 0) {
      if (!scanner.simpleKeyAllowed) scanner.fail('mapping values are not allowed in this context', position);
      scanner.rollIndent(scanner.column, -1, token.BLOCK_MAPPING_START, position);
    }
    scanner.simpleKeyAllowed = scanner.flowLevel === 0;
  }
  indicator(scanner, token.VALUE);
}

function fetchAnchor(scanner: Scanner, code: number): void {
  scanner.saveSimpleKey();
  scanner.simpleKeyAllowed = false;
  scanAnchor(scanner, code === 0x2a ? token.ALIAS : token.ANCHOR);
}

function fetchTag(scanner: Scanner): void {
  scanner.saveSimpleKey();
  scanner.simpleKeyAllowed = false;
  scanTag(scanner);
}

function fetchBlockScalar(scanner: Scanner, code: number): void {
  if (scanner.flowLevel > 0) refuse(scanner);
  scanner.removeSimpleKey();
  scanner.simpleKeyAllowed = true;
  scanBlockScalar(scanner, code === 0x7c);
}

function fetchPlain(scanner: Scanner): void {
  if (!scanner.simpleKeyAllowed) {
    scanPlain(scanner);
    scanner.push(token.PLAIN_SCALAR, scanner.scalarStart, scanner.scalarEnd, scanner.scalarText);
    return;
  }
  fetchCandidate(scanner, token.PLAIN_SCALAR, token.PLAIN_PAIR, 0);
}

function fetchQuoted(scanner: Scanner, code: number): void {
  if (!scanner.simpleKeyAllowed) {
    scanQuoted(scanner, code === 0x27);
    scanner.push(token.TEXT_SCALAR, scanner.scalarStart, scanner.scalarEnd, scanner.scalarText);
    return;
  }
  fetchCandidate(scanner, token.TEXT_SCALAR, token.TEXT_PAIR, code);
}

/**
 * A scalar where a key may stand, plain if `quote` is 0. If its colon follows at once, it is taken along; if what follows shows that it
 * is no key, it need not be remembered as a candidate.
 */
function fetchCandidate(scanner: Scanner, scalar: number, pair: number, quote: number): void {
  scanner.removeSimpleKey();
  const { position: start, lineStart, flowLevel } = scanner;
  scanner.simpleKeyAllowed = false;
  if (quote === 0) scanPlain(scanner);
  else scanQuoted(scanner, quote === 0x27);
  const { scalarEnd, scalarText } = scanner;
  if (scanner.lineStart === lineStart) {
    let next = scanner.position;
    while (isBlank(scanner.at(next))) next++;
    const code = scanner.at(next);
    if (code === 0x3a && (flowLevel > 0 || endsWord(scanner, next + 1))) {
      scanner.position = next;
      if (!scanner.tooFar(start)) {
        scanner.currentKey.token = scanner.nextToken;
        scanner.rollIndent(start - lineStart, -1, token.BLOCK_MAPPING_START, start);
        scanner.position = next + 1;
        scanner.push(pair, start, scalarEnd, scalarText, '', next + 1);
        return;
      }
    } else if (flowLevel > 0 && (code === 0x2c || code === 0x5d || code === 0x7d)) {
      scanner.position = next;
      scanner.currentKey.token = scanner.nextToken;
      scanner.push(scalar, start, scalarEnd, scalarText);
      return;
    }
  } else if (flowLevel > 0 || scanner.indent !== start - lineStart) {
    // A key does not go on over a line break.
    scanner.currentKey.token = scanner.nextToken;
    scanner.push(scalar, start, scalarEnd, scalarText);
    return;
  }
  scanner.noteSimpleKey(start, lineStart);
  scanner.push(scalar, start, scalarEnd, scalarText);
}
