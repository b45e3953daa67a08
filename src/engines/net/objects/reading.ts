/** Who refuses an object or a part of it. `felix` is the data path's own filter, after everybody accepted it. */
export type RefusedBy = 'decode' | 'apiserver' | 'calico' | 'conversion' | 'felix';

export interface ReadingProblem {
  readonly by: RefusedBy;
  readonly message: string;
}

/** What was read, if it has an effect, and what was refused; a `conversion` problem leaves an effect. */
export interface Reading<T> {
  readonly value?: T;
  readonly problems: readonly ReadingProblem[];
}
