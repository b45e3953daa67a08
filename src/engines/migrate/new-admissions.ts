import type { JsonObject } from '../../model/object.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import type { Level } from '../psa/level.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { judgeByPolicies, type MetPod, type MigrationServers, type PolicyRefusal } from './judging/judge-both.ts';
import { distinct } from './probing/probe-values.ts';
import { type Probe, type Prober, prober } from './probing/probes.ts';

/**
 * A field or annotation of policies by which pods are refused that the level admits: all that one of the policies has against the example, which
 * none of them admits. Fields that are only ever broken together stand for each other.
 */
export interface NewAdmission {
  readonly control: FieldPath;
  /** What the policies say about the example. */
  readonly refusals: readonly PolicyRefusal[];
  /** A pod that the level admits and every policy refuses. */
  readonly example: JsonObject;
}

/**
 * By which fields of policies a level admits what all of them refuse. Where a pod is refused by some only, what the others refuse in further
 * pods is added to it, as long as the level admits it.
 */
export function newAdmissions(
  policies: readonly Provider[],
  servers: MigrationServers,
  probes: readonly Probe[],
  level: Level,
): readonly NewAdmission[] {
  const allowed = probes.filter((probe) => isAllowed(probe, level));
  const refused = policies.map((_policy, index) => refusedInTheirWays(allowed, index));
  if (policies.length > 0 && refused.some(({ length }) => length === 0)) return []; // one of them admits all that the level does
  const judge = prober(policies, servers);
  const join = makeJoin(refused, (beginning, changes) => {
    const next = judge(beginning, changes);
    return isAllowed(next, level) ? next : undefined;
  });
  const found = new Map<string, NewAdmission>();
  const others: { readonly pod: MetPod; readonly refusals: readonly PolicyRefusal[] }[] = [];
  const claim = (pod: MetPod): void => {
    const { admitted, valid, refusals } = judgeByPolicies(servers, policies, pod);
    if (admitted || !valid) return;
    const decisive = decisiveControls(refusals);
    if (decisive.length === 0) others.push({ pod, refusals });
    for (const control of decisive) {
      const key = formatFieldPath(control);
      if (!found.has(key)) found.set(key, { control, refusals, example: pod.written });
    }
  };
  for (const [index, starts] of refused.entries()) {
    for (const alone of [true, false]) {
      for (const start of starts) {
        const controls = controlsOf(start, index);
        if (controls.every((control) => found.has(control)) || (alone && controls.length > 1)) continue;
        const pod = join(start, alone ? index : undefined);
        if (pod !== undefined) claim(pod.pod);
      }
    }
  }
  // Fields that are only ever broken together.
  for (const { pod, refusals } of others.sort((a, b) => a.refusals.length - b.refusals.length)) {
    const keys = refusals.map(({ control }) => formatFieldPath(control));
    if (keys.some((key) => found.has(key))) continue;
    for (const { control } of refusals)
      found.set(formatFieldPath(control), { control, refusals, example: pod.written });
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, admission]) => admission);
}

/** The fields by which alone some policy refuses a pod: with what they ask given, that policy would admit it. */
export function decisiveControls(refusals: readonly PolicyRefusal[]): readonly FieldPath[] {
  const byPolicy = new Map<string, Map<string, FieldPath>>();
  for (const { policy, control } of refusals) {
    const controls = byPolicy.get(policy) ?? new Map<string, FieldPath>();
    byPolicy.set(policy, controls.set(formatFieldPath(control), control));
  }
  return [...byPolicy.values()].filter(({ size }) => size === 1).flatMap((controls) => [...controls.values()]);
}

function isAllowed({ pod, levels }: Probe, level: Level): boolean {
  return pod.valid && (level === 'privileged' || levels[level].length === 0);
}

/** The pods that one policy refuses, one for each way in which all of the policies judge them; those with the fewest faults first. */
function refusedInTheirWays(probes: readonly Probe[], index: number): readonly Probe[] {
  const ways = new Map<string, Probe>();
  const faults = ({ policies }: Probe) => policies.reduce((sum, { refusals }) => sum + refusals.length, 0);
  for (const probe of [...probes].sort((a, b) => faults(a) - faults(b))) {
    if (controlsOf(probe, index).length === 0) continue;
    const way = JSON.stringify(probe.policies.map((_verdict, each) => controlsOf(probe, each)));
    if (!ways.has(way)) ways.set(way, probe);
  }
  return [...ways.values()];
}

/** The fields by which one policy refuses a pod. */
function controlsOf({ policies }: Probe, index: number): readonly string[] {
  return distinct((policies[index]?.refusals ?? []).map(({ control }) => formatFieldPath(control))).toSorted();
}

/** Judges a pod; undefined where the level does not allow it. */
type Judge = (...edits: Parameters<Prober>) => Probe | undefined;

/** The pod with what the policies refuse in others, until all of them refuse it; that one gives no further reason, where one is named. */
type Join = (start: Probe, faithful: number | undefined) => Probe | undefined;

/** How many pods are tried at most to have one more policy refuse another. */
const MOST_TRIED = 24;

function makeJoin(refused: readonly (readonly Probe[])[], judge: Judge): Join {
  return (start, faithful) => {
    const allowed = faithful === undefined ? undefined : controlsOf(start, faithful);
    const keeps = (probe: Probe) =>
      faithful === undefined || controlsOf(probe, faithful).every((control) => allowed?.includes(control));
    let current = start;
    for (const [index, others] of refused.entries()) {
      if (current.policies[index]?.admitted !== true) continue;
      const next = withFault(current, index, others.filter(keeps).slice(0, MOST_TRIED), judge, keeps);
      if (next === undefined) return undefined;
      current = next;
    }
    return current;
  };
}

/** The pod with the fault of another, so that one more policy refuses it and those that did still do. */
function withFault(
  current: Probe,
  index: number,
  others: readonly Probe[],
  judge: Judge,
  keeps: (probe: Probe) => boolean,
): Probe | undefined {
  const refusing = current.policies.flatMap(({ admitted }, each) => (admitted ? [] : [each]));
  for (const { beginning, changes } of others) {
    const all = [...current.changes, ...changes];
    // A fault may be something that the other pod does not begin with.
    for (const first of distinct([current.beginning, beginning])) {
      const tried = judge(first, all);
      if (tried === undefined || !keeps(tried)) continue;
      if ([index, ...refusing].every((each) => tried.policies[each]?.admitted === false)) return tried;
    }
  }
  return undefined;
}
