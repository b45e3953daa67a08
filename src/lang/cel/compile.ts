import { check } from './check/check.ts';
import type { Checked } from './check/checked.ts';
import type { CelEnvironment } from './check/environment.ts';
import { validate, ValidationPanic } from './check/validate.ts';
import { EvaluationPanic } from './evaluate/call-cost.ts';
import { CostExceeded, Frame } from './evaluate/frame.ts';
import { plan, PlanError } from './evaluate/plan.ts';
import { parseCel } from './syntax/parse.ts';
import type { CelIssue } from './syntax/source.ts';
import type { CelType } from './types/cel-type.ts';
import { DYN } from './types/cel-type.ts';
import { CelError, type Value } from './values/value.ts';

/** A compiled expression. */
export interface CelProgram {
  /** The type that checking found. */
  readonly type: CelType;
  /** The variables that it names, those of macros left out. */
  readonly variables: ReadonlySet<string>;
  /** Evaluates with values for the variables; `limit` is what it may cost. */
  readonly evaluate: (variable: (name: string) => Value | undefined, limit: number) => Evaluation;
}

/** What came of an evaluation: a value, or a message with its place in the text (-1 for none). `cost` is what was spent. */
export type Evaluation = { readonly cost: number } & (
  { readonly value: Value } | { readonly error: string; readonly at: number }
);

/** Why an expression does not compile: it does not parse or check (`compile`), no program can be made of it (`program`), or the compiler of the server breaks (`panic`). */
export interface CompileFailure {
  readonly phase: 'compile' | 'program' | 'panic';
  readonly issues: readonly CelIssue[];
}

/** What an evaluation of the server may cost at most (PerCallLimit of the apiserver's pkg/apis/cel). */
export const CALL_LIMIT = 1_000_000;

/** Parses, checks and plans an expression. */
export function compileCel(text: string, environment: CelEnvironment): CelProgram | CompileFailure {
  const checked = checkCel(text, environment);
  if ('phase' in checked) return checked;
  try {
    const step = plan(checked, environment);
    return {
      type: typeOfChecked(checked),
      variables: variablesOf(checked),
      evaluate: (variable, limit) => evaluate(step, new Frame(variable, limit)),
    };
  } catch (error) {
    if (error instanceof PlanError) return { phase: 'program', issues: [{ at: error.at, message: error.message }] };
    throw error;
  }
}

/** The type of an expression that is only checked, not evaluated. */
export function typeOfCel(text: string, environment: CelEnvironment): { readonly type: CelType } | CompileFailure {
  const checked = checkCel(text, environment);
  return 'phase' in checked ? checked : { type: typeOfChecked(checked) };
}

function checkCel(text: string, environment: CelEnvironment): Checked | CompileFailure {
  const parsed = parseCel(text, environment.syntax);
  if (parsed.issues.length > 0) return { phase: 'compile', issues: parsed.issues };
  const checked = check(parsed.expr, environment);
  if (checked.issues.length > 0) return { phase: 'compile', issues: checked.issues };
  try {
    const issues = validate(checked, environment);
    return issues.length > 0 ? { phase: 'compile', issues } : checked;
  } catch (error) {
    if (error instanceof ValidationPanic) return { phase: 'panic', issues: [{ at: -1, message: error.message }] };
    throw error;
  }
}

function variablesOf({ references }: Checked): ReadonlySet<string> {
  return new Set(references.flatMap((each) => (each?.kind === 'variable' && each.global ? [each.name] : [])));
}

function typeOfChecked({ types, expr }: Checked): CelType {
  return types[expr.id] ?? DYN;
}

function evaluate(step: (frame: Frame) => Value, frame: Frame): Evaluation {
  try {
    const value = step(frame);
    if (value instanceof CelError) return { error: value.message, at: value.at, cost: frame.cost };
    return { value, cost: frame.cost };
  } catch (error) {
    if (error instanceof CostExceeded)
      return { error: 'operation cancelled: actual cost limit exceeded', at: -1, cost: frame.cost };
    if (error instanceof EvaluationPanic)
      return { error: `internal error: ${error.message}`, at: -1, cost: frame.cost };
    throw error;
  }
}
