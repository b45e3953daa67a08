import type { CharSet } from './char-set.ts';
import { foldedRange, MAX_RUNE } from './char-set.ts';
import { escapedSet, parseClass, parseEscape } from './parse-class.ts';
import { type Assertion, RegexpError, type RegexpNode } from './regexp-node.ts';

const MAX_REPEAT = 1000;
const MAX_DEPTH = 1000;
const EMPTY: RegexpNode = { kind: 'empty' };

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
  readonly dotNewline: boolean;
  readonly lazy: boolean;
}

/** Parses a regular expression in the syntax of RE2; throws a RegexpError in Go's words. Mirrors Go's regexp/syntax Parse with the flags Perl. */
export function parseRegexp(text: string): RegexpNode {
  const parser = new Parser(text);
  const node = parser.alternation();
  if (parser.rest !== '') throw new RegexpError('unexpected )', text);
  return node;
}

class Parser {
  rest: string;
  private readonly whole: string;
  private flags: Flags = { fold: false, lines: false, dotNewline: false, lazy: false };
  private depth = 0;
  private readonly names = new Set<string>();

  constructor(whole: string) {
    this.whole = whole;
    this.rest = whole;
  }

  /** Up to the end or a closing parenthesis. */
  alternation(): RegexpNode {
    const outer = this.flags;
    const parts = [this.concatenation()];
    while (this.rest.startsWith('|')) {
      this.rest = this.rest.slice(1);
      parts.push(this.concatenation());
    }
    this.flags = outer;
    const [only = EMPTY] = parts;
    return parts.length === 1 ? only : { kind: 'alternate', parts };
  }

  private concatenation(): RegexpNode {
    const parts: RegexpNode[] = [];
    let lastRepeat: string | undefined;
    while (this.rest !== '' && !this.rest.startsWith('|') && !this.rest.startsWith(')')) {
      const before = this.rest;
      const bounds = this.repetition();
      if (bounds === undefined) {
        lastRepeat = undefined;
        this.item(parts);
        continue;
      }
      const lazy = this.rest.startsWith('?');
      if (lazy) this.rest = this.rest.slice(1);
      if (lastRepeat !== undefined)
        throw new RegexpError('invalid nested repetition operator', this.upToHere(lastRepeat));
      const of = parts.pop();
      if (of === undefined) throw new RegexpError('missing argument to repetition operator', this.upToHere(before));
      const [min, max] = bounds;
      const node: RegexpNode = { kind: 'repeat', of, min, max, greedy: lazy === this.flags.lazy };
      if ((min >= 2 || max >= 2) && !repeatsFewerThan(node, MAX_REPEAT))
        throw new RegexpError('invalid repeat count', this.upToHere(before));
      parts.push(node);
      lastRepeat = before;
    }
    const [only = EMPTY] = parts;
    return parts.length === 1 ? only : { kind: 'concat', parts };
  }

  /** The text from where `start` begins to where the parser is. */
  private upToHere(start: string): string {
    return start.slice(0, start.length - this.rest.length);
  }

  /** A repetition operator: its bounds. A brace that is none is a character. */
  private repetition(): readonly [min: number, max: number] | undefined {
    const simple = SIMPLE_REPETITIONS.get(this.rest.charAt(0));
    if (simple !== undefined) {
      this.rest = this.rest.slice(1);
      return simple;
    }
    const [whole, low = '', comma, high = ''] = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/.exec(this.rest) ?? [];
    if (whole === undefined) return undefined;
    const min = Number(low);
    const max = comma === undefined ? min : high === '' ? -1 : Number(high);
    if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && min > max))
      throw new RegexpError('invalid repeat count', whole);
    this.rest = this.rest.slice(whole.length);
    return [min, max];
  }

  private item(parts: RegexpNode[]): void {
    const { rest, flags } = this;
    switch (rest.charAt(0)) {
      case '(':
        this.group(parts);
        return;
      case '^': {
        this.assertion(parts, flags.lines ? 'line-start' : 'text-start', 1);
        return;
      }
      case '$': {
        this.assertion(parts, flags.lines ? 'line-end' : 'text-end', 1);
        return;
      }
      case '.':
        parts.push({ kind: 'set', set: flags.dotNewline ? ANY : ANY_BUT_NEWLINE });
        this.rest = rest.slice(1);
        return;
      case '[': {
        const [set, after] = parseClass(rest, flags.fold);
        parts.push({ kind: 'set', set });
        this.rest = after;
        return;
      }
      case '\\':
        this.escape(parts);
        return;
      default: {
        const rune = rest.codePointAt(0) ?? 0;
        parts.push(this.literal(rune));
        this.rest = rest.slice(rune > 0xffff ? 2 : 1);
      }
    }
  }

  private assertion(parts: RegexpNode[], at: Assertion, length: number): void {
    parts.push({ kind: 'assert', at });
    this.rest = this.rest.slice(length);
  }

  private escape(parts: RegexpNode[]): void {
    const at = ASSERTIONS.get(this.rest.charAt(1));
    if (at !== undefined) {
      this.assertion(parts, at, 2);
      return;
    }
    if (this.rest.startsWith('\\C')) throw new RegexpError('invalid escape sequence', '\\C');
    if (this.rest.startsWith('\\Q')) {
      const end = this.rest.indexOf('\\E');
      const quoted = this.rest.slice(2, end < 0 ? undefined : end);
      for (const character of quoted) parts.push(this.literal(character.codePointAt(0) ?? 0));
      this.rest = end < 0 ? '' : this.rest.slice(end + 2);
      return;
    }
    const escaped = escapedSet(this.rest, this.flags.fold);
    if (escaped !== undefined) {
      parts.push({ kind: 'set', set: escaped[0] });
      this.rest = escaped[1];
      return;
    }
    const [rune, after] = parseEscape(this.rest);
    parts.push(this.literal(rune));
    this.rest = after;
  }

  private literal(rune: number): RegexpNode {
    const ranges = this.flags.fold ? foldedRange(rune, rune) : [rune, rune];
    return { kind: 'set', set: { ranges, properties: [], negated: false } };
  }

  private group(parts: RegexpNode[]): void {
    if (this.rest.startsWith('(?')) {
      if (this.flagGroup()) return;
    } else {
      this.rest = this.rest.slice(1);
    }
    if (++this.depth > MAX_DEPTH) throw new RegexpError('expression nests too deeply', this.whole);
    const { flags, groupFlags } = this;
    this.flags = groupFlags ?? flags;
    this.groupFlags = undefined;
    const node = this.alternation();
    this.flags = flags;
    if (!this.rest.startsWith(')')) throw new RegexpError('missing closing )', this.whole);
    this.rest = this.rest.slice(1);
    this.depth--;
    parts.push(node);
  }

  /** The flags of the group that is being opened, where `(?i:` sets them. */
  private groupFlags: Flags | undefined;

  /** Reads `(?P<name>`, `(?i:` or `(?i)`; the last is done with that, which is what true says. */
  private flagGroup(): boolean {
    const text = this.rest;
    const named = /^\(\?P?</.exec(text)?.[0];
    if (named !== undefined && text.length > named.length) {
      const end = text.indexOf('>');
      if (end < 0) throw new RegexpError('invalid named capture', text);
      const name = text.slice(named.length, end);
      if (!/^\w+$/.test(name)) throw new RegexpError('invalid named capture', text.slice(0, end + 1));
      if (this.names.has(name)) throw new RegexpError('duplicate capture group name', name);
      this.names.add(name);
      this.rest = text.slice(end + 1);
      return false;
    }
    const [whole = '', on = '', minus, off = '', close = ''] =
      /^\(\?([imsU]*)(?:(-)([imsU]*))?([:)])?/.exec(text) ?? [];
    if (close === '' || (minus !== undefined && off === ''))
      throw text.length === whole.length && close === ''
        ? new RegexpError('missing closing )', this.whole)
        : new RegexpError('invalid or unsupported Perl syntax', close === '' ? text.slice(0, whole.length + 1) : whole);
    const flags = withFlags(withFlags(this.flags, on, true), off, false);
    this.rest = text.slice(whole.length);
    if (close === ':') {
      this.groupFlags = flags;
      return false;
    }
    this.flags = flags;
    return true;
  }
}

const SIMPLE_REPETITIONS = new Map<string, readonly [number, number]>([
  ['*', [0, -1]],
  ['+', [1, -1]],
  ['?', [0, 1]],
]);
const ASSERTIONS = new Map<string, Assertion>([
  ['A', 'text-start'],
  ['z', 'text-end'],
  ['b', 'word-boundary'],
  ['B', 'no-word-boundary'],
]);
const ANY: CharSet = { ranges: [0, MAX_RUNE], properties: [], negated: false };
const ANY_BUT_NEWLINE: CharSet = { ranges: [0x0a, 0x0a], properties: [], negated: true };

function withFlags(flags: Flags, letters: string, value: boolean): Flags {
  return {
    fold: letters.includes('i') ? value : flags.fold,
    lines: letters.includes('m') ? value : flags.lines,
    dotNewline: letters.includes('s') ? value : flags.dotNewline,
    lazy: letters.includes('U') ? value : flags.lazy,
  };
}

/** Whether nested repetitions multiply to no more than a limit, beyond which the machine would be too large. */
function repeatsFewerThan(node: RegexpNode, limit: number): boolean {
  if (node.kind === 'repeat') {
    const counted = node.min >= 2 || node.max >= 2;
    const times = node.max === 0 ? 0 : Math.max(node.min, node.max);
    if (!counted) return repeatsFewerThan(node.of, limit);
    if (times === 0) return true;
    if (times > limit) return false;
    return repeatsFewerThan(node.of, times > 0 ? Math.floor(limit / times) : limit);
  }
  if (node.kind !== 'concat' && node.kind !== 'alternate') return true;
  return node.parts.every((part) => repeatsFewerThan(part, limit));
}
