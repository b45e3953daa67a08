import { ExprBuilder } from './expr-builder.ts';
import type { Expr } from './expr.ts';
import { END, lex } from './lex.ts';
import { MEMBER_STARTS, type ParseContext, STARTS, type Syntax } from './parse-context.ts';
import { parseMember } from './parse-member.ts';
import type { CelIssue } from './source.ts';
import { ParseLimit, TokenReader } from './token-reader.ts';

const LARGEST = 100_000;
const RELATIONS = ['==', '!=', 'in', '<', '<=', '>=', '>'];
const ARITHMETIC = ['*', '/', '%', '+', '-'];
/** How tightly operators bind. */
const STRENGTH = new Map<string, number>([
  ...RELATIONS.map((kind) => [kind, 1] as const),
  ...['+', '-'].map((kind) => [kind, 2] as const),
  ...['*', '/', '%'].map((kind) => [kind, 3] as const),
]);

/** Parses an expression; where there are issues, the tree is not to be used. Mirrors cel-go's parser, its limits and its messages. */
export function parseCel(text: string, syntax: Syntax): { readonly expr: Expr; readonly issues: readonly CelIssue[] } {
  const issues: CelIssue[] = [];
  const make = new ExprBuilder(syntax.macros, issues);
  const size = text.length > LARGEST ? Array.from(text).length : text.length;
  if (size > LARGEST)
    return {
      expr: make.error(-1, `expression code point size exceeds limit: size: ${size}, limit ${LARGEST}`),
      issues,
    };
  const lexed = lex(text);
  issues.push(...lexed.issues);
  const reader = new TokenReader(lexed.tokens, issues);
  const context: ParseContext = { text, syntax, reader, make, expr: (kinds, open) => parseExpr(context, kinds, open) };
  try {
    return { expr: parseStart(context), issues };
  } catch (error) {
    if (!(error instanceof ParseLimit)) throw error;
    return { expr: make.error(-1), issues };
  }
}

function parseStart(context: ParseContext): Expr {
  const { reader, make } = context;
  reader.enter('start', [], true);
  try {
    const expr = parseExpr(context, [END], false);
    reader.expect(END);
    return expr;
  } catch (error) {
    reader.mend(error);
    return make.error(-1);
  }
}

/*
 * The rules of the grammar between an expression and its operands have no function of their own, so that nesting up to the limit fits on every stack; what may
 * follow them is kept as if they had.
 */
function parseExpr(context: ParseContext, kinds: readonly string[], open: boolean): Expr {
  const { reader, make } = context;
  const { at } = reader.next;
  reader.enter('expr', kinds, open);
  try {
    const condition = parseOperators(context, ['?'], true);
    if (!reader.is('?')) return condition;
    const question = reader.take();
    const truthy = parseOperators(context, [':'], false);
    reader.expect(':', STARTS);
    const falsy = parseExpr(context, [], true);
    return make.call(question.at, '_?_:_', [condition, truthy, falsy], undefined, 1);
  } catch (error) {
    reader.mend(error);
    return make.error(at);
  } finally {
    reader.leave('expr');
  }
}

/** An operator that waits for its right side. */
interface Waiting {
  readonly left: Expr;
  readonly kind: string;
  readonly at: number;
}

/** A chain of `&&` or `||` so far. */
interface Chain {
  readonly terms: Expr[];
  readonly operators: number[];
}

/** Parses operands with operators between them. */
function parseOperators(context: ParseContext, kinds: readonly string[], open: boolean): Expr {
  const { reader, make } = context;
  const or: Chain = { terms: [], operators: [] };
  let and: Chain = { terms: [], operators: [] };
  const waiting: Waiting[] = [];
  reader.enter('or', kinds, open);
  reader.enter('and', ['||'], true);
  for (;;) {
    const operand = parseOperand(context, waiting);
    const { kind, at } = reader.next;
    const left = reduce(context, waiting, operand, STRENGTH.get(kind) ?? 0);
    if (STRENGTH.has(kind)) {
      waiting.push({ left, kind, at });
      reader.take();
      continue;
    }
    and.terms.push(left);
    if (kind === '&&') {
      and.operators.push(reader.take().at);
      continue;
    }
    or.terms.push(make.logic('_&&_', and.terms, and.operators));
    and = { terms: [], operators: [] };
    if (kind !== '||') break;
    or.operators.push(reader.take().at);
  }
  reader.leave('and');
  reader.leave('or');
  return make.logic('_||_', or.terms, or.operators);
}

/** Applies waiting operators that bind at least as tightly as the next. */
function reduce({ make }: ParseContext, waiting: Waiting[], operand: Expr, strength: number): Expr {
  let right = operand;
  for (
    let last = waiting.at(-1);
    last !== undefined && (STRENGTH.get(last.kind) ?? 0) >= strength;
    last = waiting.at(-1)
  ) {
    waiting.pop();
    const name = last.kind === 'in' ? '@in' : `_${last.kind}_`;
    right = make.call(last.at, name, [last.left, right], undefined, 1);
  }
  return right;
}

/** An operand inside the rules of the operators that wait for it. */
function parseOperand(context: ParseContext, waiting: readonly Waiting[]): Expr {
  const { reader } = context;
  const hasRelation = waiting.some(({ kind }) => RELATIONS.includes(kind));
  const arithmetic = waiting.filter(({ kind }) => ARITHMETIC.includes(kind)).length;
  const relations = hasRelation ? 2 : 1;
  reader.enter('relation', ['&&', ...RELATIONS], true, relations);
  reader.enter('calc', [...RELATIONS, ...ARITHMETIC], true, 1 + arithmetic);
  const operand = parseUnary(context);
  reader.leave('calc', 1 + arithmetic);
  reader.leave('relation', relations);
  return operand;
}

function parseUnary(context: ParseContext): Expr {
  const { reader, make, text } = context;
  const { at } = reader.next;
  reader.enter('unary', ARITHMETIC, true);
  try {
    reader.sync(STARTS);
    const sign = reader.next;
    const isNumber = sign.kind === '-' && ['NUM_INT', 'NUM_FLOAT'].includes(reader.ahead(1).kind);
    if (isNumber || (sign.kind !== '-' && sign.kind !== '!')) return parseMember(context);
    if (sign.kind === '-' && !MEMBER_STARTS.includes(reader.ahead(1).kind)) reader.noAlternative(1, text);
    let count = 0;
    while (reader.skip(sign.kind)) count++;
    reader.sync(MEMBER_STARTS);
    const operand = parseMember(context);
    return count % 2 === 0 ? operand : make.call(sign.at, sign.kind === '!' ? '!_' : '-_', [operand]);
  } catch (error) {
    reader.mend(error);
    return make.error(at);
  } finally {
    reader.leave('unary');
  }
}
