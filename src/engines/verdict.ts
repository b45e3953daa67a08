import type { ImplicitObject } from '../cluster/index/implicit-object.ts';
import type { ManifestObject } from '../model/object.ts';
import type { FieldPath } from '../text/tree.ts';

export type { ImplicitObject };

/**
 * The one answer shape: every engine answers a `Verdict`; rules, `explain`, reports and editors read the same thing.
 * `message` is letter for letter what the server says (empty when it says nothing).
 */
export interface Verdict<Decision extends string> {
  readonly decision: Decision;
  readonly message: string;
  /** The objects that decided, most decisive first. */
  readonly because: readonly Reason[];
  /** The whole walk; empty unless asked for. */
  readonly steps: readonly Step[];
  /** What was taken for granted because the manifests do not say; never empty for an unknown decision. */
  readonly assumptions: readonly Assumption[];
}

/** A deciding object, the place in it, and one sentence (lower case, no full stop). An implicit object has no place. */
export interface Reason {
  readonly object: ManifestObject | ImplicitObject;
  readonly path: FieldPath;
  readonly sentence: string;
}

/** A step of the walk to a verdict, with the steps that led to it. `noted` decides nothing. */
export interface Step {
  readonly sentence: string;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'noted';
  readonly object?: ManifestObject | ImplicitObject;
  readonly path?: FieldPath;
  readonly steps?: readonly Step[];
}

/** What a verdict assumes because the manifests do not say it. */
export interface Assumption {
  readonly sentence: string;
  /** What to write, and where, to decide it; '' where the cluster makes it so by itself. */
  readonly decide: string;
}
