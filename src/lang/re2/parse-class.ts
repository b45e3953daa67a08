import { type CharSet, foldedRange, MAX_RUNE } from './char-set.ts';
import { RegexpError } from './regexp-node.ts';

interface Mutable {
  ranges: number[];
  properties: CharSet['properties'][number][];
}

const PERL: Readonly<Record<string, readonly number[]>> = {
  d: [0x30, 0x39],
  s: [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20],
  w: [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a],
};
const NAMED: Readonly<Record<string, readonly number[]>> = {
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a],
  alpha: [0x41, 0x5a, 0x61, 0x7a],
  ascii: [0, 0x7f],
  blank: [0x09, 0x09, 0x20, 0x20],
  cntrl: [0, 0x1f, 0x7f, 0x7f],
  digit: [0x30, 0x39],
  graph: [0x21, 0x7e],
  lower: [0x61, 0x7a],
  print: [0x20, 0x7e],
  punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  space: [0x09, 0x0d, 0x20, 0x20],
  upper: [0x41, 0x5a],
  word: [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a],
  xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
};
const SHORT_ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Parses `[...]` at the start of a text: the set, and what follows. */
export function parseClass(text: string, fold: boolean): readonly [set: CharSet, rest: string] {
  const set: Mutable = { ranges: [], properties: [] };
  let rest = text.slice(1);
  const negated = rest.startsWith('^');
  if (negated) rest = rest.slice(1);
  for (let first = true; first || !rest.startsWith(']'); first = false) {
    const named = namedClass(rest, set, fold) ?? escapedClass(rest, set, fold);
    if (named !== undefined) {
      rest = named;
      continue;
    }
    const start = rest;
    const [low, afterLow] = classChar(rest, text);
    let high = low;
    rest = afterLow;
    if (rest.length >= 2 && rest.startsWith('-') && !rest.startsWith('-]')) {
      [high, rest] = classChar(rest.slice(1), text);
      if (high < low)
        throw new RegexpError('invalid character class range', start.slice(0, start.length - rest.length));
    }
    add(set, [low, high], fold);
  }
  return [{ ...set, negated }, rest.slice(1)];
}

function classChar(text: string, whole: string): readonly [rune: number, rest: string] {
  if (text === '') throw new RegexpError('missing closing ]', whole);
  if (text.startsWith('\\')) return parseEscape(text);
  const rune = text.codePointAt(0) ?? 0;
  return [rune, text.slice(rune > 0xffff ? 2 : 1)];
}

function add(set: Mutable, ranges: readonly number[], fold: boolean): void {
  for (let index = 0; index < ranges.length; index += 2) {
    const low = ranges[index] ?? 0;
    const high = ranges[index + 1] ?? 0;
    if (fold) set.ranges.push(...foldedRange(low, high));
    else set.ranges.push(low, high);
  }
}

function addNegated(set: Mutable, ranges: readonly number[], fold: boolean): void {
  const folded: Mutable = { ranges: [], properties: [] };
  add(folded, ranges, fold);
  const pairs = Array.from({ length: folded.ranges.length / 2 }, (_, at) => folded.ranges.slice(2 * at, 2 * at + 2));
  pairs.sort(([a = 0], [b = 0]) => a - b);
  let next = 0;
  for (const [low = 0, high = 0] of pairs) {
    if (low > next) set.ranges.push(next, low - 1);
    next = Math.max(next, high + 1);
  }
  if (next <= MAX_RUNE) set.ranges.push(next, MAX_RUNE);
}

/** `[:alpha:]` inside a class; undefined when there is none. */
function namedClass(text: string, set: Mutable, fold: boolean): string | undefined {
  if (!text.startsWith('[:') || text.length <= 2) return undefined;
  const end = text.indexOf(':]', 2);
  if (end < 0) return undefined;
  const name = text.slice(0, end + 2);
  const inner = name.slice(2, -2);
  const ranges = Object.hasOwn(NAMED, inner.replace(/^\^/, '')) ? NAMED[inner.replace(/^\^/, '')] : undefined;
  if (ranges === undefined) throw new RegexpError('invalid character class range', name);
  if (inner.startsWith('^')) addNegated(set, ranges, fold);
  else add(set, ranges, fold);
  return text.slice(name.length);
}

/** `\d`, `\pL` and the like, alone or inside a class; undefined when the text starts with none. */
export function escapedSet(text: string, fold: boolean): readonly [set: CharSet, rest: string] | undefined {
  const set: Mutable = { ranges: [], properties: [] };
  const rest = escapedClass(text, set, fold);
  return rest === undefined ? undefined : [{ ...set, negated: false }, rest];
}

function escapedClass(text: string, set: Mutable, fold: boolean): string | undefined {
  if (!text.startsWith('\\') || text.length < 2) return undefined;
  const letter = text.charAt(1);
  const ranges = Object.hasOwn(PERL, letter.toLowerCase()) ? PERL[letter.toLowerCase()] : undefined;
  if (ranges !== undefined) {
    if (letter === letter.toLowerCase()) add(set, ranges, fold);
    else addNegated(set, ranges, fold);
    return text.slice(2);
  }
  if (letter.toLowerCase() !== 'p') return undefined;
  const [, sequence = text, braced, plain] = /^(\\p(?:\{([^}]*)\}|([^{])))/iu.exec(text) ?? [];
  const written = braced ?? plain;
  if (written === undefined) throw new RegexpError('invalid character class range', text);
  const name = written.replace(/^\^/, '');
  const negated = (letter === 'P') !== (braced !== undefined && written.startsWith('^'));
  if (name === 'Any') {
    if (!negated) set.ranges.push(0, MAX_RUNE);
  } else {
    const test = propertyTest(name);
    if (test === undefined) throw new RegexpError('invalid character class range', sequence);
    set.properties.push({ test, negated, fold });
  }
  return text.slice(sequence.length);
}

/** A test of one character for a category (`Lu`) or a script (`Greek`). */
function propertyTest(name: string): RegExp | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  for (const property of [`General_Category=${name}`, `Script=${name}`, ...(name === 'ASCII' ? [name] : [])]) {
    try {
      return new RegExp(`^\\p{${property}}$`, 'su');
    } catch {
      // JavaScript knows no such property; the next spelling may be one.
    }
  }
  return undefined;
}

/** One escaped character at the start of a text, and what follows. Mirrors Go's regexp/syntax escape. */
export function parseEscape(text: string): readonly [rune: number, rest: string] {
  if (text.length < 2) throw new RegexpError('trailing backslash at end of expression', '');
  const rune = text.codePointAt(1) ?? 0;
  const letter = String.fromCodePoint(rune);
  const rest = text.slice(1 + letter.length);
  const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(text)?.[0];
  if (octal !== undefined) return [parseInt(octal.slice(1), 8), text.slice(octal.length)];
  if (letter === 'x') {
    const [whole, braced, plain] = /^\\x(?:\{([\dA-Fa-f]+)\}|([\dA-Fa-f]{2}))/.exec(text) ?? [];
    const value = parseInt(braced ?? plain ?? '', 16);
    if (whole !== undefined && value <= MAX_RUNE) return [value, text.slice(whole.length)];
    throw new RegexpError('invalid escape sequence', badHex(text));
  }
  const short = Object.hasOwn(SHORT_ESCAPES, letter) ? SHORT_ESCAPES[letter] : undefined;
  if (short !== undefined) return [short, rest];
  if (rune < 0x80 && !/[\dA-Z]/i.test(letter)) return [rune, rest];
  throw new RegexpError('invalid escape sequence', `\\${letter}`);
}

/** The part of a broken `\x` that Go names: up to the first character that does not fit. */
function badHex(text: string): string {
  return (/^\\x\{[\dA-Fa-f]*.?/su.exec(text) ?? /^\\x[\dA-Fa-f]?.?/su.exec(text))?.[0] ?? text;
}
