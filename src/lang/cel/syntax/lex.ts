import type { CelIssue } from './source.ts';

/** A token: its kind (the text of operators and keywords, else a name of the grammar), its text and its place. */
export interface Token {
  readonly kind: string;
  readonly text: string;
  readonly at: number;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly issues: readonly CelIssue[];
}

/** The kind of the last token. */
export const END = '<EOF>';

const SPACE = /(?:[\t \r\n\f]|\/\/[^\n]*)+/y;
const FLOAT = /(?:\d+\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+|\.\d+(?:e[+-]?\d+)?)/iy;
const INTEGER = /(?:0x[\dA-Fa-f]+|\d+)/y;
const WORD = /[A-Z_]\w*/iy;
const ESCAPED = /`[\w./ -]+`/y;
const OPERATOR = /==|!=|<=|>=|&&|\|\||[[\]{}().,\-!?:+*/%<>]/y;
const KEYWORDS = new Set(['in', 'true', 'false', 'null']);
const STRING_PREFIX = /b?r?(?=["'])/iy;
const ESCAPE = /\\(?:[abfnrtv"'\\?`]|[0-3][0-7][0-7]|[xX][\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8})/y;

/** Cuts an expression into tokens; what is none is an issue and left out. Mirrors the lexer of cel-go's grammar CEL.g4. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  const issues: CelIssue[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    at += take(SPACE)?.length ?? 0;
    if (at >= text.length) break;
    const token = number(take) ?? quoted(text, at, take) ?? word(take) ?? operator(take);
    if (token === undefined) {
      const end = failureOf(text, at);
      issues.push({ at, message: `Syntax error: token recognition error at: '${text.slice(at, end)}'` });
      at = end;
      continue;
    }
    tokens.push({ ...token, at });
    at += token.text.length;
  }
  tokens.push({ kind: END, text: END, at: text.length });
  return { tokens, issues };
}

interface Cut {
  readonly kind: string;
  readonly text: string;
}
type Take = (pattern: RegExp) => string | undefined;

function number(take: Take): Cut | undefined {
  const float = take(FLOAT);
  const integer = take(INTEGER);
  if (float !== undefined && float.length > (integer?.length ?? 0)) return { kind: 'NUM_FLOAT', text: float };
  if (integer === undefined) return undefined;
  const unsigned = take(/(?:0x[\dA-Fa-f]+|\d+)[uU]/y);
  return unsigned === undefined ? { kind: 'NUM_INT', text: integer } : { kind: 'NUM_UINT', text: unsigned };
}

function word(take: Take): Cut | undefined {
  const escaped = take(ESCAPED);
  if (escaped !== undefined) return { kind: 'ESC_IDENTIFIER', text: escaped };
  const text = take(WORD);
  return text === undefined ? undefined : { kind: KEYWORDS.has(text) ? text : 'IDENTIFIER', text };
}

function operator(take: Take): Cut | undefined {
  const text = take(OPERATOR);
  return text === undefined ? undefined : { kind: text, text };
}

function quoted(text: string, at: number, take: Take): Cut | undefined {
  const prefix = take(STRING_PREFIX);
  if (prefix === undefined) return undefined;
  const { end } = stringEnd(text, at + prefix.length, /r/i.test(prefix));
  if (end === undefined) return undefined;
  return { kind: /b/i.test(prefix) ? 'BYTES' : 'STRING', text: text.slice(at, end) };
}

/** Where the string that begins with a quote ends; or where it turns out to be none. */
function stringEnd(text: string, at: number, raw: boolean): { readonly end?: number; readonly failed: number } {
  const quote = text.charAt(at);
  if (text.startsWith(quote.repeat(3), at)) {
    const long = scan(text, at + 3, quote.repeat(3), raw);
    if (long.end !== undefined) return long;
    return { end: at + 2, failed: long.failed };
  }
  return scan(text, at + 1, quote, raw);
}

function scan(
  text: string,
  from: number,
  quote: string,
  raw: boolean,
): { readonly end?: number; readonly failed: number } {
  let at = from;
  while (at < text.length) {
    if (text.startsWith(quote, at)) return { end: at + quote.length, failed: at };
    const character = text.charAt(at);
    if (quote.length === 1 && (character === '\n' || character === '\r')) return { failed: at };
    if (character === '\\' && !raw) {
      ESCAPE.lastIndex = at;
      const escape = ESCAPE.exec(text)?.[0];
      if (escape === undefined) return { failed: badEscape(text, at) };
      at += escape.length;
    } else at++;
  }
  return { failed: text.length };
}

/** The first character of an escape that fits none. */
function badEscape(text: string, at: number): number {
  const [digits = ''] =
    /^(?:[xX][\dA-Fa-f]?|u[\dA-Fa-f]{0,3}|U[\dA-Fa-f]{0,7}|[0-3][0-7]?)/.exec(text.slice(at + 1, at + 10)) ?? [];
  return at + 1 + digits.length;
}

/** The end of what the lexer gives up: it names and skips the character at which no token could go on. */
function failureOf(text: string, at: number): number {
  const character = text.charAt(at);
  let failed = at;
  if (character === '"' || character === "'") ({ failed } = stringEnd(text, at, false));
  else if (character === '&' || character === '|' || character === '=') failed = at + 1;
  else if (character === '`') failed = at + (/^`[\w./ -]*/.exec(text.slice(at))?.[0].length ?? 0);
  const rune = text.codePointAt(failed);
  return Math.min(text.length, failed + (rune !== undefined && rune > 0xffff ? 2 : 1));
}
