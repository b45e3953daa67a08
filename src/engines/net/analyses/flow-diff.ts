import type { BitSet } from '../../../lang/bit-set.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';

/** Packets that every source of a set may send to every destination of another; pairs in no such entry have none. */
export interface Allowance {
  readonly sources: BitSet;
  readonly destinations: BitSet;
  readonly traffic: TrafficSet;
  readonly unknown: TrafficSet;
}

export type Said = 'allow' | 'deny' | 'unknown';

/** Packets of which one list of allowances says something else than the other. */
export interface Difference {
  readonly before: Said;
  readonly after: Said;
  readonly sources: BitSet;
  readonly destinations: BitSet;
  readonly traffic: TrafficSet;
}

/**
 * Where two lists of allowances differ. In each list no pair may be in two entries; all sets must be of one size and one algebra. Work goes
 * by groups of destinations that both lists treat alike, so that the cost depends on the number of entries, not on that of pairs.
 */
export function differences(
  algebra: TrafficAlgebra,
  everybody: BitSet,
  before: readonly Allowance[],
  after: readonly Allowance[],
): readonly Difference[] {
  const found: Difference[] = [];
  for (const { destinations, entries } of destinationGroups(everybody, before, after)) {
    for (const { sources, was, is } of sourceGroups(everybody, entries)) {
      for (const [said, then, traffic] of changes(algebra, was, is)) {
        found.push({ before: said, after: then, sources, destinations, traffic });
      }
    }
  }
  return merged(found);
}

interface Entries {
  readonly before: readonly Allowance[];
  readonly after: readonly Allowance[];
}

/** Destinations for which the same sources may send the same, before and after. */
function destinationGroups(
  everybody: BitSet,
  before: readonly Allowance[],
  after: readonly Allowance[],
): readonly { readonly destinations: BitSet; readonly entries: Entries }[] {
  const of = (list: readonly Allowance[]): number[][] => {
    const byDestination: number[][] = Array.from({ length: everybody.size }, () => []);
    for (const [index, { destinations }] of list.entries()) {
      for (const destination of destinations) byDestination[destination]?.push(index);
    }
    return byDestination;
  };
  const [was, is] = [of(before), of(after)];
  const groups = new Map<string, number[]>();
  for (const destination of everybody) {
    const key = `${was[destination]?.join() ?? ''}|${is[destination]?.join() ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [destination]);
    else group.push(destination);
  }
  const pick = (list: readonly Allowance[], numbers: readonly number[]): Allowance[] =>
    numbers.flatMap((number) => list[number] ?? []);
  return [...groups.values()].map((numbers) => {
    const destinations = everybody.difference(everybody);
    for (const number of numbers) destinations.add(number);
    const [one = -1] = numbers;
    return { destinations, entries: { before: pick(before, was[one] ?? []), after: pick(after, is[one] ?? []) } };
  });
}

/** Sources by what they may send before and after; `undefined`: nothing. Those that may send the same are left out. */
function* sourceGroups(
  everybody: BitSet,
  { before, after }: Entries,
): Generator<{ readonly sources: BitSet; readonly was: Allowance | undefined; readonly is: Allowance | undefined }> {
  let silent = everybody;
  for (const was of before) {
    let rest = was.sources;
    for (const is of after) {
      if (!rest.intersects(is.sources)) continue;
      const sources = rest.intersection(is.sources);
      rest = rest.difference(is.sources);
      if (was.traffic !== is.traffic || was.unknown !== is.unknown) yield { sources, was, is };
    }
    if (!rest.isEmpty()) yield { sources: rest, was, is: undefined };
    silent = silent.difference(was.sources);
  }
  for (const is of after) {
    const sources = is.sources.intersection(silent);
    if (!sources.isEmpty()) yield { sources, was: undefined, is };
  }
}

function changes(
  algebra: TrafficAlgebra,
  was: Allowance | undefined,
  is: Allowance | undefined,
): readonly (readonly [Said, Said, TrafficSet])[] {
  const [old, now] = [said(algebra, was), said(algebra, is)];
  return old.flatMap(([before, traffic]) =>
    now.flatMap(([after, other]): (readonly [Said, Said, TrafficSet])[] => {
      if (before === after) return [];
      const changed = algebra.intersection(traffic, other);
      return changed === algebra.nothing ? [] : [[before, after, changed]];
    }),
  );
}

function said(algebra: TrafficAlgebra, allowance: Allowance | undefined): readonly (readonly [Said, TrafficSet])[] {
  const { traffic, unknown } = allowance ?? { traffic: algebra.nothing, unknown: algebra.nothing };
  return [
    ['allow', traffic],
    ['unknown', unknown],
    ['deny', algebra.complement(algebra.union(traffic, unknown))],
  ];
}

/** Differences of the same traffic together: first those of the same sources, then those of the same destinations. */
function merged(found: readonly Difference[]): readonly Difference[] {
  return mergedBy(mergedBy(found, 'sources', 'destinations'), 'destinations', 'sources');
}

function mergedBy(
  found: readonly Difference[],
  same: 'sources' | 'destinations',
  joined: 'sources' | 'destinations',
): readonly Difference[] {
  const together = new Map<string, Difference>();
  for (const each of found) {
    const key = `${each.before} ${each.after} ${each.traffic.id} ${[...each[same]].join()}`;
    const known = together.get(key);
    together.set(key, known === undefined ? each : { ...each, [joined]: known[joined].union(each[joined]) });
  }
  return [...together.values()];
}
