import type { FieldProblem } from './validate/field-problem.ts';

/** Who refuses an object or a part of it. `felix` is the data path's own filter, after everybody accepted it. */
export type RefusedBy = 'decode' | 'apiserver' | 'calico' | 'conversion' | 'felix';

export interface ReadingProblem extends FieldProblem {
  readonly by: RefusedBy;
}

/** What was read, if it has an effect, and what was refused; a `conversion` problem leaves an effect. */
export interface Reading<T> {
  readonly value?: T;
  readonly problems: readonly ReadingProblem[];
}

/** The reading of an object that could not be decoded: where, decoding does not say. */
export function undecodable(message: string): Reading<never> {
  return { problems: [{ by: 'decode', path: [], message }] };
}

/** The reading of an object that somebody refuses. */
export function refusal(by: RefusedBy, problem: FieldProblem): Reading<never> {
  return { problems: [{ by, ...problem }] };
}
