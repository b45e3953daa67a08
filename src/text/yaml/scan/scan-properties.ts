import { hexValue, isWord } from './characters.ts';
import { endsWord } from './indicators.ts';
import type { Scanner } from './scanner.ts';
import { TAG } from './token.ts';

/** What may follow the name of an anchor or alias without a blank: `? : , ] } % @` and the backtick. */
const AFTER_ANCHOR = new Set([0x3f, 0x3a, 0x2c, 0x5d, 0x7d, 0x25, 0x40, 0x60]);
/** What a tag may hold besides word characters. */
const URI = new Set(Array.from(";/?:@&=+$,.!~*'()[]%", (character) => character.charCodeAt(0)));

/** Reads `&name` or `*name` into a token of the given type. */
export function scanAnchor(scanner: Scanner, type: number): void {
  const { position: start } = scanner;
  scanner.position = start + 1;
  const name = scanWord(scanner);
  const { position } = scanner;
  if (name === '' || !(endsWord(scanner, position) || AFTER_ANCHOR.has(scanner.at(position)))) {
    scanner.fail('did not find expected alphabetic or numeric character', start);
  }
  scanner.push(type, start, position, name);
}

function scanWord(scanner: Scanner): string {
  const { position: start } = scanner;
  while (isWord(scanner.at(scanner.position))) scanner.position++;
  return scanner.text.slice(start, scanner.position);
}

/** Reads `!suffix`, `!handle!suffix`, `!<uri>` or `!`. */
export function scanTag(scanner: Scanner): void {
  const { position: start } = scanner;
  let handle = '';
  let suffix: string;
  if (scanner.at(start + 1) === 0x3c) {
    scanner.position = start + 2;
    suffix = scanTagUri(scanner, start, '');
    if (scanner.at(scanner.position) !== 0x3e) scanner.fail("did not find the expected '>'", start);
    scanner.position++;
  } else {
    handle = scanTagHandle(scanner, start, false);
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = scanTagUri(scanner, start, '');
    } else {
      suffix = scanTagUri(scanner, start, handle);
      handle = '!';
      // The tag `!` alone has no handle, and itself for suffix.
      if (suffix === '') [handle, suffix] = ['', '!'];
    }
  }
  if (!endsWord(scanner, scanner.position)) scanner.fail('did not find expected whitespace or line break', start);
  scanner.push(TAG, start, scanner.position, handle, suffix);
}

/** Reads `!`, `!!` or `!word!`; in a tag (not in a directive) also `!word`, the start of a suffix. */
export function scanTagHandle(scanner: Scanner, start: number, directive: boolean): string {
  if (scanner.at(scanner.position) !== 0x21) scanner.fail("did not find expected '!'", start);
  scanner.position++;
  let handle = `!${scanWord(scanner)}`;
  if (scanner.at(scanner.position) === 0x21) {
    scanner.position++;
    handle += '!';
  } else if (directive && handle !== '!') {
    scanner.fail("did not find expected '!'", start);
  }
  return handle;
}

/** Reads the URI of a tag, percent escapes decoded; `head` is a handle that turned out to be its beginning. */
export function scanTagUri(scanner: Scanner, start: number, head: string): string {
  let uri = head.slice(1);
  let found = head !== '';
  for (;;) {
    const code = scanner.at(scanner.position);
    if (code === 0x25) uri += scanUriEscape(scanner, start);
    else if (isWord(code) || URI.has(code)) {
      uri += String.fromCharCode(code);
      scanner.position++;
    } else break;
    found = true;
  }
  if (!found) scanner.fail('did not find expected tag URI', start);
  return uri;
}

/** Reads the percent escapes of one UTF-8 character; go-yaml checks how its octets begin, and nothing more. */
function scanUriEscape(scanner: Scanner, start: number): string {
  const octets: number[] = [];
  let width = 1;
  for (let index = 0; index < width; index++) {
    const { position } = scanner;
    const high = hexValue(scanner.at(position + 1));
    const low = hexValue(scanner.at(position + 2));
    if (scanner.at(position) !== 0x25 || high < 0 || low < 0) scanner.fail('did not find URI escaped octet', start);
    const octet = high * 16 + low;
    if (index === 0) {
      width = octet < 0x80 ? 1 : octet < 0xc0 ? 0 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : octet < 0xf8 ? 4 : 0;
      if (width === 0) scanner.fail('found an incorrect leading UTF-8 octet', start);
    } else if ((octet & 0xc0) !== 0x80) scanner.fail('found an incorrect trailing UTF-8 octet', start);
    octets.push(octet);
    scanner.position += 3;
  }
  return characterOf(octets);
}

function characterOf(octets: readonly number[]): string {
  const [first = 0, ...rest] = octets;
  let value = rest.length === 0 ? first : first & (0x3f >> rest.length);
  for (const octet of rest) value = value * 64 + (octet & 0x3f);
  return value > 0x10ffff ? '\ufffd' : String.fromCodePoint(value);
}
