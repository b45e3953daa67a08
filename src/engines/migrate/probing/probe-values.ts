import type { IDRange } from '../../psp/strategies/policy-error.ts';
import type { Provider } from '../../psp/compile-policy.ts';

const MOST_ID = 2147483647;
const MOST_PORT = 65535;

/** The ids on both sides of every end of ranges, and some that stand for the rest. */
export function idsAround(ranges: readonly IDRange[]): readonly number[] {
  return aroundEnds(ranges, [0, 1, 1000, 65535, MOST_ID], MOST_ID);
}

/** The same of ports. */
export function portsAround(ranges: readonly IDRange[]): readonly number[] {
  return aroundEnds(ranges, [1, 80, 8080, MOST_PORT], MOST_PORT).filter((port) => port > 0);
}

function aroundEnds(ranges: readonly IDRange[], others: readonly number[], most: number): readonly number[] {
  const ends = ranges.flatMap(({ min = 0, max = 0 }) => [min - 1, min, max, max + 1]);
  return distinct([...others, ...ends]).filter((value) => value >= 0 && value <= most);
}

/** Every value once, in order. */
export function distinct<T>(values: Iterable<T>): readonly T[] {
  return [...new Set(values)];
}

/** The ranges of one strategy in all policies. */
export function rangesOf(
  policies: readonly Provider[],
  strategy: 'user' | 'group' | 'fsGroup' | 'supplementalGroups',
): readonly IDRange[] {
  return policies.flatMap((policy) => {
    const rule = policy[strategy];
    return 'ranges' in rule ? rule.ranges : [];
  });
}

/** For patterns of names that may end in `*`: a name that each matches. */
export function namesMatching(patterns: readonly string[], stem: string): readonly string[] {
  return patterns.map((pattern) => {
    if (!pattern.endsWith('*')) return pattern;
    const prefix = pattern.slice(0, -1);
    if (prefix === '') return stem;
    return /[a-z0-9]$/.test(prefix) ? prefix : `${prefix}x`;
  });
}
