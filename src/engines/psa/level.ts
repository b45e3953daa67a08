/** The levels of the Pod Security Standards, from lax to strict. */
export const LEVELS = ['privileged', 'baseline', 'restricted'] as const;

/** One level of the Pod Security Standards. */
export type Level = (typeof LEVELS)[number];

/** What the server says about a value that is no level. */
export const INVALID_LEVEL = `must be one of ${LEVELS.join(', ')}`;

/** The level of that name, letter for letter; undefined for anything else. Mirrors ParseLevel of pod-security-admission api, v0.37. */
export function parseLevel(text: string): Level | undefined {
  return LEVELS.find((level) => level === text);
}

/** Negative where `left` is laxer than `right`, positive where it is stricter. */
export function compareLevels(left: Level, right: Level): number {
  return LEVELS.indexOf(left) - LEVELS.indexOf(right);
}
