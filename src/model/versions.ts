/** A Kubernetes minor of major version 1: `{ minor: 24 }` is 1.24. */
export interface KubernetesVersion {
  readonly minor: number;
}

/** The oldest minor that k8sec knows. */
export const OLDEST_MINOR = 11;

/**
 * The newest minor that k8sec knows. To add one, raise this number; the tests of versions.ts then name every table that does not yet say
 * what the new minor does.
 */
export const NEWEST_MINOR = 37;

/** Every minor that k8sec knows, oldest first. */
export const MINORS: readonly number[] = Array.from(
  { length: NEWEST_MINOR - OLDEST_MINOR + 1 },
  (_, index) => OLDEST_MINOR + index,
);

/** The nearest minor that k8sec knows. */
export function nearestMinor(minor: number): number {
  return Math.min(Math.max(minor, OLDEST_MINOR), NEWEST_MINOR);
}
