import { breakLength, isBlank, isBreak, isDigit, isWord } from './characters.ts';
import { endsWord } from './indicators.ts';
import type { Scanner } from './scanner.ts';
import { scanTagHandle, scanTagUri } from './scan-properties.ts';
import { TAG_DIRECTIVE, VERSION_DIRECTIVE } from './token.ts';

/** Reads a `%YAML` or `%TAG` line. */
export function scanDirective(scanner: Scanner): void {
  const { text, position: start } = scanner;
  scanner.position = start + 1;
  while (isWord(scanner.at(scanner.position))) scanner.position++;
  const name = text.slice(start + 1, scanner.position);
  if (name === '') scanner.fail('could not find expected directive name', start);
  if (!endsWord(scanner, scanner.position)) scanner.fail('found unexpected non-alphabetical character', start);

  if (name === 'YAML') {
    skipBlanks(scanner);
    const major = scanVersionNumber(scanner, start);
    if (scanner.at(scanner.position) !== 0x2e) scanner.fail("did not find expected digit or '.' character", start);
    scanner.position++;
    const minor = scanVersionNumber(scanner, start);
    scanner.push(VERSION_DIRECTIVE, start, scanner.position, '', `${major}.${minor}`);
  } else if (name === 'TAG') {
    skipBlanks(scanner);
    const handle = scanTagHandle(scanner, start, true);
    if (!isBlank(scanner.at(scanner.position))) scanner.fail('did not find expected whitespace', start);
    skipBlanks(scanner);
    const prefix = scanTagUri(scanner, start, '');
    if (!endsWord(scanner, scanner.position)) scanner.fail('did not find expected whitespace or line break', start);
    scanner.push(TAG_DIRECTIVE, start, scanner.position, handle, prefix);
  } else scanner.fail('found unknown directive name', start);

  skipBlanks(scanner);
  if (scanner.at(scanner.position) === 0x23) {
    while (scanner.position < scanner.end && !isBreak(text.charCodeAt(scanner.position))) scanner.position++;
  }
  if (scanner.position >= scanner.end) return;
  if (!isBreak(text.charCodeAt(scanner.position))) scanner.fail('did not find expected comment or line break', start);
  scanner.position += breakLength(text, scanner.position);
  scanner.lineStart = scanner.position;
}

function skipBlanks(scanner: Scanner): void {
  while (isBlank(scanner.at(scanner.position))) scanner.position++;
}

function scanVersionNumber(scanner: Scanner, start: number): number {
  const { position } = scanner;
  let value = 0;
  while (isDigit(scanner.at(scanner.position))) {
    if (scanner.position - position === 2) scanner.fail('found extremely long version number', start);
    value = value * 10 + scanner.at(scanner.position) - 0x30;
    scanner.position++;
  }
  if (scanner.position === position) scanner.fail('did not find expected version number', start);
  return value;
}
