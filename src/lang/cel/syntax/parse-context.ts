import type { Macro } from './macros.ts';
import type { ExprBuilder } from './expr-builder.ts';
import type { Expr } from './expr.ts';
import type { TokenReader } from './token-reader.ts';

/** What the parser knows of its environment. */
export interface Syntax {
  readonly macros: readonly Macro[];
  /** Whether `a.?b`, `a[?b]` and `[?a]` are understood. */
  readonly optionals: boolean;
}

/** What the parts of the parser share. */
export interface ParseContext {
  readonly text: string;
  readonly syntax: Syntax;
  readonly reader: TokenReader;
  readonly make: ExprBuilder;
  /** Parses an expression that may be followed by some kinds of tokens; `open` where what is around it may end there too. */
  readonly expr: (kinds: readonly string[], open: boolean) => Expr;
}

/** The kinds of tokens that an operand begins with, but for `!`. */
export const MEMBER_STARTS: readonly string[] = ['[', '{', '(', '.', '-', 'true', 'false', 'null'].concat([
  'NUM_FLOAT',
  'NUM_INT',
  'NUM_UINT',
  'STRING',
  'BYTES',
  'IDENTIFIER',
]);

/** The kinds of tokens that an expression begins with. */
export const STARTS: readonly string[] = [...MEMBER_STARTS, '!'];
