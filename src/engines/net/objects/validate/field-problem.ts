import { formatFieldPath } from '../../../../text/tree.ts';
import type { FieldPath } from '../../../../text/tree.ts';

/** What is wrong with a field; `[]` for the object as a whole. */
export interface FieldProblem {
  readonly path: FieldPath;
  readonly message: string;
}

/** Finds the first thing that is wrong with a value; paths are relative to it. */
export type Check<T> = (value: T) => FieldProblem | undefined;

/** A problem of one field of a value. */
export function problemAt(path: FieldPath, message: string): FieldProblem {
  return { path, message };
}

/** A problem of a part, as one of the whole. */
export function within(path: FieldPath, problem: FieldProblem | undefined): FieldProblem | undefined {
  return problem && { path: [...path, ...problem.path], message: problem.message };
}

/** The first problem that checks find in a value. */
export function firstProblem<T>(checks: Readonly<Record<string, Check<T>>>, value: T): FieldProblem | undefined {
  for (const check of Object.values(checks)) {
    const problem = check(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The first problem of the items of a list. */
export function firstOf<T>(
  items: readonly T[],
  problemOf: (item: T, index: number) => FieldProblem | undefined,
): FieldProblem | undefined {
  for (const [index, item] of items.entries()) {
    const found = within([index], problemOf(item, index));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A problem as servers write it: `spec.ingress[0].action: ...`. */
export function problemText({ path, message }: FieldProblem): string {
  return path.length === 0 ? message : `${formatFieldPath(path)}: ${message}`;
}
