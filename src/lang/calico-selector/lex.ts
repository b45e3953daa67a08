import type { SelectorError } from './selector-node.ts';

/** The kinds of token, by the names that Calico's messages use. */
export type TokenKind =
  | 'TokLabel'
  | 'TokStringLiteral'
  | 'TokLBrace'
  | 'TokRBrace'
  | 'TokComma'
  | 'TokEq'
  | 'TokNe'
  | 'TokIn'
  | 'TokNot'
  | 'TokNotIn'
  | 'TokContains'
  | 'TokStartsWith'
  | 'TokEndsWith'
  | 'TokAll'
  | 'TokHas'
  | 'TokLParen'
  | 'TokRParen'
  | 'TokAnd'
  | 'TokOr'
  | 'TokGlobal'
  | 'TokEOF';

export interface Token {
  readonly kind: TokenKind;
  /** The label of a label or `has(...)`, the text of a literal; else ''. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The longest label name that a selector may hold. */
export const maxLabelLength = 512;

const single: Readonly<Record<string, TokenKind>> = {
  '(': 'TokLParen',
  ')': 'TokRParen',
  '{': 'TokLBrace',
  '}': 'TokRBrace',
  ',': 'TokComma',
};
const double: Readonly<Record<string, { readonly text: string; readonly kind: TokenKind }>> = {
  '=': { text: '==', kind: 'TokEq' },
  '&': { text: '&&', kind: 'TokAnd' },
  '|': { text: '||', kind: 'TokOr' },
};
const operators: readonly { readonly words: readonly string[]; readonly kind: TokenKind }[] = [
  { words: ['contains'], kind: 'TokContains' },
  { words: ['starts', 'with'], kind: 'TokStartsWith' },
  { words: ['ends', 'with'], kind: 'TokEndsWith' },
  { words: ['not', 'in'], kind: 'TokNotIn' },
  { words: ['in'], kind: 'TokIn' },
];
const calls: readonly { readonly opening: string; readonly kind: TokenKind }[] = [
  { opening: 'has(', kind: 'TokHas' },
  { opening: 'all(', kind: 'TokAll' },
  { opening: 'global(', kind: 'TokGlobal' },
];

/**
 * Cuts a Calico selector into tokens, the last of which is `TokEOF`. Words are operators only right after a label.
 * Mirrors libcalico-go/lib/selector/tokenizer, v3.32.
 */
export function lex(text: string): readonly Token[] | SelectorError {
  const tokens: Token[] = [];
  let last: TokenKind | undefined;
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, at)) {
    const token = last === 'TokLabel' ? afterLabel(text, at, tokens) : anywhere(text, at);
    if ('message' in token) return token;
    tokens.push(token);
    last = token.kind;
    at = token.end;
  }
  tokens.push({ kind: 'TokEOF', value: '', start: text.length, end: text.length });
  return tokens;
}

/** Whether a whole text is a label name of the selector language. */
export function isSelectorLabel(text: string): boolean {
  const end = identifierEnd(text, 0);
  return end === text.length && end > 0 && end <= maxLabelLength;
}

function afterLabel(text: string, at: number, tokens: readonly Token[]): Token | SelectorError {
  const symbol = punctuation(text, at);
  if (symbol !== undefined) return symbol;
  for (const { words, kind } of operators) {
    const end = endOfWords(text, at, words);
    if (end >= 0) return { kind, value: '', start: at, end };
  }
  const label = tokens[tokens.length - 1]?.value ?? '';
  return failure(
    `expected operator after label ${JSON.stringify(label)}`,
    at,
    Math.max(identifierEnd(text, at), at + 1),
  );
}

function anywhere(text: string, at: number): Token | SelectorError {
  const symbol = punctuation(text, at);
  if (symbol !== undefined) return symbol;
  for (const { opening, kind } of calls) {
    if (text.startsWith(opening, at)) return call(text, at, opening, kind);
  }
  const label = identifier(text, at);
  return 'message' in label ? label : { ...label, kind: 'TokLabel' };
}

function punctuation(text: string, at: number): Token | SelectorError | undefined {
  const first = text.charAt(at);
  const kind = single[first];
  if (kind !== undefined) return { kind, value: '', start: at, end: at + 1 };
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, at + 1);
    if (close < 0) return failure('unterminated string', at, text.length);
    return { kind: 'TokStringLiteral', value: text.slice(at + 1, close), start: at, end: close + 1 };
  }
  if (first === '!') {
    const unequal = text.charAt(at + 1) === '=';
    return { kind: unequal ? 'TokNe' : 'TokNot', value: '', start: at, end: at + (unequal ? 2 : 1) };
  }
  const pair = double[first];
  if (pair === undefined) return undefined;
  if (!text.startsWith(pair.text, at)) return failure(`expected ${pair.text}`, at, at + 1);
  return { kind: pair.kind, value: '', start: at, end: at + 2 };
}

function call(text: string, at: number, opening: string, kind: TokenKind): Token | SelectorError {
  let value = '';
  let end = skipBlanks(text, at + opening.length);
  if (kind === 'TokHas') {
    const label = identifier(text, end);
    if ('message' in label) return label;
    value = label.value;
    end = skipBlanks(text, label.end);
  }
  if (text.charAt(end) !== ')') return failure(`no closing ')' after ${opening}`, at, end);
  return { kind, value, start: at, end: end + 1 };
}

function identifier(text: string, at: number): Token | SelectorError {
  const end = identifierEnd(text, at);
  const value = text.slice(at, end);
  if (value.length > maxLabelLength) return failure(`label too long: ${value}`, at, end);
  if (value === '') return failure('expected identifier', at, Math.min(at + 1, text.length));
  return { kind: 'TokLabel', value, start: at, end };
}

/** Blanks between the words may be missing (`notin`), but after the last one a word must end; -1 when they are not there. */
function endOfWords(text: string, at: number, words: readonly string[]): number {
  let end = at;
  let next = at;
  for (const word of words) {
    if (!text.startsWith(word, next)) return -1;
    end = next + word.length;
    next = words.length > 1 ? skipBlanks(text, end) : end;
  }
  return isIdentifierCode(text.charCodeAt(next)) ? -1 : end;
}

function identifierEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isIdentifierCode(text.charCodeAt(at))) at++;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at++;
  return at;
}

/** Letters, digits and `- . / _`. */
function isIdentifierCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x2d && code <= 0x39) || code === 0x5f
  );
}

function failure(message: string, start: number, end: number): SelectorError {
  return { message, start, end };
}
