import type { Problem } from '../text/source.ts';
import type { ManifestObject } from './object.ts';

/** How grave a problem of an object is: what the server refuses, what it drops or warns of, what is only worth saying. */
export type Severity = 'error' | 'warning' | 'info';

/** A problem of an object, and how grave it is. */
export interface ModelProblem extends Problem {
  readonly object: ManifestObject;
  readonly severity: Severity;
}
