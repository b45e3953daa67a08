import { END, type Token } from './lex.ts';
import type { CelIssue } from './source.ts';

/** The order in which messages name the tokens that would have fitted. */
const ORDER = [
  ...['==', '!=', 'in', '<', '<=', '>=', '>', '&&', '||', '[', ']', '{', '}', '(', ')', '.', ',', '-', '!', '?', ':'],
  ...['+', '*', '/', '%', 'true', 'false', 'null', 'NUM_FLOAT', 'NUM_INT', 'NUM_UINT', 'STRING', 'BYTES'],
  ...['IDENTIFIER', 'ESC_IDENTIFIER', END],
];

/** What may follow a rule where it is used; `open` where the rule around may end there too. */
interface Follow {
  readonly kinds: readonly string[];
  readonly open: boolean;
}

/** Thrown where a rule cannot go on, and caught by the rule. */
class Mismatch extends Error {}

/** Stops reading: the limits of cel-go are exceeded. */
export class ParseLimit extends Error {}

const RECOVERIES = 30;
const DEPTH = 250;

/**
 * Reads tokens, and repairs what does not fit as the parsers of ANTLR do: it drops a token where the next one fits, takes one as written where
 * what follows it stands there, and else skips to a token that some rule around is waiting for. The messages are ANTLR's.
 */
export class TokenReader {
  private index = 0;
  private mending = false;
  private recoveries = 0;
  private lastFailure = -1;
  private readonly tokens: readonly Token[];
  private readonly issues: CelIssue[];
  private readonly follows: Follow[] = [];
  private readonly depths = new Map<string, number>();

  constructor(tokens: readonly Token[], issues: CelIssue[]) {
    this.tokens = tokens;
    this.issues = issues;
  }

  get next(): Token {
    return this.ahead(0);
  }

  ahead(count: number): Token {
    const last = this.tokens.length - 1;
    return this.tokens[Math.min(this.index + count, last)] ?? { kind: END, text: END, at: 0 };
  }

  is(...kinds: readonly string[]): boolean {
    return kinds.includes(this.next.kind);
  }

  /** Takes the next token, whatever it is. */
  take(): Token {
    const token = this.next;
    this.mending = false;
    if (token.kind !== END) this.index++;
    return token;
  }

  /** Takes the next token if it is of a kind. */
  skip(kind: string): boolean {
    const isNext = this.next.kind === kind;
    if (isNext) this.take();
    return isNext;
  }

  /** Begins a rule whose use may be followed by some kinds; `levels` is how deep it counts, of which cel-go allows 250. */
  enter(name: string, kinds: readonly string[], open: boolean, levels = 1): void {
    const depth = (this.depths.get(name) ?? 0) + levels;
    if (depth > DEPTH) {
      this.issues.push({ at: -1, message: `expression recursion limit exceeded: ${DEPTH}` });
      throw new ParseLimit();
    }
    this.depths.set(name, depth);
    this.follows.push({ kinds, open });
  }

  /** Ends a rule. */
  leave(name: string, levels = 1): void {
    this.follows.pop();
    this.depths.set(name, (this.depths.get(name) ?? 0) - levels);
  }

  /** Goes on after a rule could not, before it is left; other failures go through. */
  mend(error: unknown): void {
    if (!(error instanceof Mismatch)) throw error;
    this.recover();
  }

  /** Takes a token of a kind; `after` is what may come next, where that is not the end of the rule. */
  expect(kind: string, after?: readonly string[]): Token {
    if (this.is(kind)) return this.take();
    this.countRecovery();
    if (this.ahead(1).kind === kind) {
      this.drop([kind]);
      return this.take();
    }
    const follows = after ?? this.followsHere();
    if (follows.includes(this.next.kind)) {
      this.report(this.next, `missing ${shown(kind)} at ${quote(this.next)}`);
      return { kind, text: `<missing ${kind}>`, at: this.next.at };
    }
    return this.fail([kind]);
  }

  /** Makes sure that the next token is of one of the kinds, if need be by dropping one. */
  sync(kinds: readonly string[]): void {
    if (kinds.includes(this.next.kind)) return;
    if (kinds.includes(this.ahead(1).kind)) {
      this.drop(kinds);
      return;
    }
    this.fail(kinds);
  }

  /** Fails where no alternative fits the tokens up to one ahead. */
  noAlternative(count: number, text: string): never {
    const offending = this.ahead(count);
    const input = this.inputText(count, text);
    const word = /^.(true|false|null)$/s.exec(input)?.[1];
    this.report(
      offending,
      word === undefined
        ? `no viable alternative at input '${escaped(input.trimEnd())}'`
        : `mismatched input '${word}' expecting IDENTIFIER`,
    );
    throw new Mismatch();
  }

  /** The tokens up to one ahead as they are written, without what was no token. */
  private inputText(count: number, text: string): string {
    let input = '';
    for (let index = 0; index <= count; index++) {
      const { kind, text: written, at } = this.ahead(index);
      const before = index === 0 ? undefined : this.ahead(index - 1);
      const between = before === undefined ? '' : text.slice(before.at + before.text.length, at);
      // Comments are kept too, but nobody writes one in the middle of a fault.
      input += `${between.trim() === '' ? between : ''}${kind === END ? '' : written}`;
    }
    return input;
  }

  private fail(kinds: readonly string[]): never {
    this.report(this.next, `mismatched input ${quote(this.next)} expecting ${expected(kinds)}`);
    throw new Mismatch();
  }

  private drop(kinds: readonly string[]): void {
    this.report(this.next, `extraneous input ${quote(this.next)} expecting ${expected(kinds)}`);
    this.index++;
    this.mending = false;
  }

  private report({ at }: Token, message: string): void {
    if (this.mending) return;
    this.mending = true;
    this.issues.push({ at, message: `Syntax error: ${message}` });
  }

  private countRecovery(): void {
    if (this.recoveries++ < RECOVERIES) return;
    const message = `error recovery attempt limit exceeded: ${RECOVERIES}`;
    this.issues.push({ at: this.next.at, message: `Syntax error: ${message}` });
    throw new ParseLimit();
  }

  private recover(): void {
    this.countRecovery();
    // Without progress since the last failure the token itself is given up.
    if (this.lastFailure === this.index && this.next.kind !== END) this.index++;
    this.lastFailure = this.index;
    const waiting = new Set(this.follows.flatMap(({ kinds }) => kinds));
    while (!waiting.has(this.next.kind) && this.next.kind !== END) this.index++;
  }

  /** What may follow the rule that is being read, in the rules around it. */
  private followsHere(): readonly string[] {
    const kinds: string[] = [];
    for (const follow of this.follows.toReversed()) {
      kinds.push(...follow.kinds);
      if (!follow.open) break;
    }
    return kinds;
  }
}

function quote({ kind, text }: Token): string {
  return `'${kind === END ? END : escaped(text)}'`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`);
}

function shown(kind: string): string {
  return kind === END || /^[A-Z]/.test(kind) ? kind : `'${kind}'`;
}

function expected(kinds: readonly string[]): string {
  const named = ORDER.filter((kind) => kinds.includes(kind)).map(shown);
  return named.length === 1 ? (named[0] ?? '') : `{${named.join(', ')}}`;
}
