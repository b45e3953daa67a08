import type { IDRange } from './policy-error.ts';

/** From the first number to the second, both included. */
export type Interval = readonly [first: number, last: number];

/** The union of some ranges within some bounds, as disjoint intervals in rising order. */
export function intervals(ranges: readonly IDRange[], [bounds]: readonly Interval[]): readonly Interval[] {
  const [lowest, highest] = bounds ?? [-Infinity, Infinity];
  const clipped = ranges
    .map(({ min = 0, max = 0 }): Interval => [Math.max(min, lowest), Math.min(max, highest)])
    .filter(([first, last]) => first <= last)
    .sort(([left], [right]) => left - right);
  const union: [number, number][] = [];
  for (const [first, last] of clipped) {
    const before = union.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else union.push([first, last]);
  }
  return union;
}

/** Whether every number of the second set is in the first; both as `intervals` gives them. */
export function covers(whole: readonly Interval[], part: readonly Interval[]): boolean {
  return part.every(([first, last]) => whole.some(([lowest, highest]) => lowest <= first && last <= highest));
}
