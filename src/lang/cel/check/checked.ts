import { childrenOf, type Expr } from '../syntax/expr.ts';
import type { CelIssue } from '../syntax/source.ts';
import type { CelType } from '../types/cel-type.ts';

/** What a name or call turned out to mean. */
export type Reference =
  | { readonly kind: 'variable'; readonly name: string; readonly global: boolean }
  | { readonly kind: 'type'; readonly type: CelType }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly overloads: readonly string[];
      readonly namespaced: boolean;
    };

/** An expression with the type of every node and the meaning of names, both by the number of the node. */
export interface Checked {
  readonly expr: Expr;
  readonly types: readonly CelType[];
  readonly references: readonly (Reference | undefined)[];
  readonly issues: readonly CelIssue[];
}

/** Every node of an expression once, parents before what is inside them, with the nodes around it. */
export function* nodesOf(
  expr: Expr,
  parents: readonly Expr[] = [],
  seen = new Set<number>(),
): Generator<readonly [Expr, readonly Expr[]]> {
  if (seen.has(expr.id)) return;
  seen.add(expr.id);
  yield [expr, parents];
  const inside = [...parents, expr];
  for (const child of childrenOf(expr)) yield* nodesOf(child, inside, seen);
}
