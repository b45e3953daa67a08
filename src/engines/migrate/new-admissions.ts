import type { JsonObject } from '../../model/object.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import type { Level } from '../psa/level.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { judgeByPolicies, type MigrationServers, type PolicyRefusal } from './judge-both.ts';
import { type Probe, type Prober, prober } from './probes.ts';

/**
 * A field or annotation of policies by which pods are refused that the level admits: all that one of the policies has against the example, which
 * none of them admits. Fields that are only ever broken together stand for each other.
 */
export interface NewAdmission {
  readonly control: FieldPath;
  /** What the policies say of the example. */
  readonly refusals: readonly PolicyRefusal[];
  /** A pod that the level admits and every policy refuses. */
  readonly example: JsonObject;
}

/** How many pods stand for all that a policy refuses by one field. */
const STAND_INS = 4;

/**
 * By which fields of policies a level admits what all of them refuse. Where a pod is refused by some only, the faults that the others find in
 * further pods are added to it, as long as the level admits it.
 */
export function newAdmissions(
  policies: readonly Provider[],
  servers: MigrationServers,
  probes: readonly Probe[],
  level: Level,
): readonly NewAdmission[] {
  const allowed = probes.filter((probe) => isAllowed(probe, level));
  const faults = policies.map((_policy, index) => faultsOf(allowed, index));
  if (policies.length > 0 && faults.some((byControl) => byControl.size === 0)) return []; // one of them admits all that the level does
  const judge = prober(policies, servers);
  const probe: Join = (beginning, changes) => {
    const next = judge(beginning, changes);
    return isAllowed(next, level) ? next : undefined;
  };
  const found = new Map<string, NewAdmission>();
  const others: { readonly pod: JsonObject; readonly refusals: readonly PolicyRefusal[] }[] = [];
  const claim = (pod: JsonObject): void => {
    const { admitted, valid, refusals } = judgeByPolicies(servers, policies, pod);
    if (admitted || !valid) return;
    const decisive = decisiveControls(refusals);
    if (decisive.length === 0) others.push({ pod, refusals });
    for (const control of decisive) {
      const key = formatFieldPath(control);
      if (!found.has(key)) found.set(key, { control, refusals, example: pod });
    }
  };
  for (const byControl of faults) {
    for (const [control, stands] of byControl) {
      for (const stand of stands) {
        if (found.has(control)) break;
        const refused = refusedByAll(stand, faults, probe);
        if (refused !== undefined) claim(refused.pod);
      }
    }
  }
  // Faults that only come together.
  for (const { pod, refusals } of others.sort((a, b) => a.refusals.length - b.refusals.length)) {
    const keys = refusals.map(({ control }) => formatFieldPath(control));
    if (keys.some((key) => found.has(key))) continue;
    for (const { control } of refusals) found.set(formatFieldPath(control), { control, refusals, example: pod });
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

function isAllowed({ levels, policies }: Probe, level: Level): boolean {
  return policies[0]?.valid !== false && (level === 'privileged' || levels[level].length === 0);
}

/** The pods that one policy refuses, a few for each field that it cites; those with the fewest faults first. */
function faultsOf(probes: readonly Probe[], index: number): ReadonlyMap<string, readonly Probe[]> {
  const byControl = new Map<string, Probe[]>();
  const refusalsOf = (probe: Probe) => probe.policies[index]?.refusals ?? [];
  for (const probe of [...probes].sort((a, b) => refusalsOf(a).length - refusalsOf(b).length)) {
    for (const control of new Set(refusalsOf(probe).map(({ control: path }) => formatFieldPath(path)))) {
      const stands = byControl.get(control);
      if (stands === undefined) byControl.set(control, [probe]);
      else if (stands.length < STAND_INS) stands.push(probe);
    }
  }
  return byControl;
}

/** Judges a pod; undefined where the level does not allow it. */
type Join = (...edits: Parameters<Prober>) => Probe | undefined;

/** The pod with further faults until every policy refuses it; undefined where none of those at hand will do. */
function refusedByAll(
  start: Probe,
  faults: readonly ReadonlyMap<string, readonly Probe[]>[],
  judge: Join,
): Probe | undefined {
  let current = start;
  for (const [index, byControl] of faults.entries()) {
    if (current.policies[index]?.admitted !== true) continue;
    const next = withFault(current, index, [...byControl.values()].flat(), judge);
    if (next === undefined) return undefined;
    current = next;
  }
  return current;
}

/** The pod with the fault of another, so that one more policy refuses it and those that did still do. */
function withFault(current: Probe, index: number, stands: readonly Probe[], judge: Join): Probe | undefined {
  const refusing = current.policies.flatMap(({ admitted }, each) => (admitted ? [] : [each]));
  for (const { beginning, changes } of stands) {
    const all = [...current.changes, ...changes];
    // A fault may be something that the other pod does not begin with.
    for (const first of [current.beginning, beginning]) {
      const tried = judge(first, all);
      if ([index, ...refusing].every((each) => tried?.policies[each]?.admitted === false)) return tried;
    }
  }
  return undefined;
}
