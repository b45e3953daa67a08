import { CALL_LIMIT } from '../../../lang/cel/compile.ts';
import { CelError, CelMap, noSuchOverload, type Value } from '../../../lang/cel/values/value.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import type { PolicyExpression } from './policy-expressions.ts';
import type { Variables } from './policy-inputs.ts';

/** What came of an expression. */
export type Outcome = { readonly value: Value } | { readonly error: string };

/** What came of several that share a budget: one outcome each and what is left, or that it was not enough. */
export type Outcomes =
  { readonly outcomes: readonly (Outcome | undefined)[]; readonly left: number } | { readonly error: string };

const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run';

/**
 * Evaluates expressions one after another. `variables` are those of the policy: evaluated where they are first used, at the cost of the
 * expression that does. Mirrors ForInput of the apiserver's admission/plugin/cel/condition.go.
 */
export function evaluateExpressions(
  expressions: readonly (PolicyExpression | undefined)[],
  inputs: Variables,
  variables: ReadonlyMap<string, PolicyExpression>,
  budget: number,
): Outcomes {
  if (expressions.length === 0) return { outcomes: [], left: budget };
  const lazy = variables.size === 0 ? undefined : new CompositedVariables(inputs, variables);
  const lookUp = lazy?.lookUp ?? inputs.get;
  const outcomes: (Outcome | undefined)[] = [];
  let left = budget;
  for (const expression of expressions) {
    if (expression?.program === undefined) {
      outcomes.push(expression && { error: `compilation error: ${expression.error ?? ''}` });
      continue;
    }
    const result = expression.program.evaluate(lookUp, CALL_LIMIT);
    left -= (lazy?.takeCost() ?? 0) + result.cost;
    if (left < 0) return { error: OUT_OF_BUDGET };
    outcomes.push(
      'error' in result ? { error: `expression '${expression.text}' resulted in error: ${result.error}` } : result,
    );
  }
  return { outcomes, left };
}

/** The variable `variables`. Mirrors the apiserver's pkg/cel/lazy and compositionContext. */
class CompositedVariables extends CelMap {
  private readonly inputs: Variables;
  private readonly expressions: ReadonlyMap<string, PolicyExpression>;
  private readonly values = new Map<string, Value>();
  private cost = 0;

  constructor(inputs: Variables, expressions: ReadonlyMap<string, PolicyExpression>) {
    super();
    this.inputs = inputs;
    this.expressions = expressions;
  }

  get size(): number {
    return this.expressions.size;
  }

  /** Values of the variables of CEL. */
  readonly lookUp = (name: string): Value | undefined => (name === 'variables' ? this : this.inputs.get(name));

  /** What variables cost since the last time. */
  takeCost(): number {
    const { cost } = this;
    this.cost = 0;
    return cost;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string') return noSuchOverload();
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const expression = this.expressions.get(key);
    if (expression === undefined) return undefined;
    const value = this.evaluate(key, expression);
    this.values.set(key, value);
    return value;
  }

  keys(): Iterable<string> {
    return this.expressions.keys();
  }

  private evaluate(name: string, { program, error = '' }: PolicyExpression): Value {
    const variable = `composited variable ${goQuote(name)}`;
    if (program === undefined) return new CelError(`${variable} fails to compile: ${error}`);
    const result = program.evaluate(this.lookUp, CALL_LIMIT);
    this.cost += result.cost;
    return 'error' in result ? new CelError(`${variable} fails to evaluate: ${result.error}`) : result.value;
  }
}
