import type { Value } from '../values/value.ts';

/** What every node has: a number of its own, and its place in the text as an offset in UTF-16 units. */
interface Placed {
  readonly id: number;
  readonly at: number;
}

export interface LiteralExpr extends Placed {
  readonly kind: 'literal';
  readonly value: Value;
}

export interface IdentExpr extends Placed {
  readonly kind: 'ident';
  readonly name: string;
}

export interface SelectExpr extends Placed {
  readonly kind: 'select';
  readonly operand: Expr;
  readonly field: string;
  /** Whether only the presence of the field is asked, as `has()` does. */
  readonly test: boolean;
}

export interface CallExpr extends Placed {
  readonly kind: 'call';
  readonly name: string;
  readonly target?: Expr;
  readonly args: readonly Expr[];
}

export interface ListExpr extends Placed {
  readonly kind: 'list';
  readonly items: readonly { readonly value: Expr; readonly optional: boolean }[];
}

export interface MapEntry extends Placed {
  readonly key: Expr;
  readonly value: Expr;
  readonly optional: boolean;
}

export interface MapExpr extends Placed {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export interface StructField extends Placed {
  readonly name: string;
  readonly value: Expr;
  readonly optional: boolean;
}

export interface StructExpr extends Placed {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: readonly StructField[];
}

/** A loop over a list or map, which macros are made of: `accu` begins as `init` and becomes `step` for each element while `condition` holds. */
export interface FoldExpr extends Placed {
  readonly kind: 'fold';
  readonly range: Expr;
  readonly variable: string;
  readonly secondVariable?: string;
  readonly accu: string;
  readonly init: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}

/** A node of a parsed expression; macros are expanded, so that a part may stand in it twice. Mirrors cel-go's common/ast. */
export type Expr = LiteralExpr | IdentExpr | SelectExpr | CallExpr | ListExpr | MapExpr | StructExpr | FoldExpr;

/** The expressions directly inside one, in the order in which cel-go visits them. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return [];
    case 'select':
      return [expr.operand];
    case 'call':
      return expr.target === undefined ? expr.args : [expr.target, ...expr.args];
    case 'list':
      return expr.items.map(({ value }) => value);
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return expr.fields.map(({ value }) => value);
    case 'fold':
      return [expr.range, expr.init, expr.condition, expr.step, expr.result];
  }
}
