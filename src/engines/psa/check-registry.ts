import { compareBytes } from '../../lang/byte-order.ts';
import type { Check, CheckPod, VersionedCheck } from './check.ts';

/** A check in the form it has at one minor. */
export interface RunningCheck {
  readonly id: string;
  readonly checkPod: CheckPod;
}

/** Which checks make up a level at a minor. */
export interface CheckRegistry {
  /** The newest minor at which something changes; all later ones are like it. */
  readonly newest: number;
  /** In the order in which they run. */
  checksAt(level: 'baseline' | 'restricted', minor: number): readonly RunningCheck[];
  /** The minors at which the checks of a level change, from old to new. */
  stepsOf(level: 'baseline' | 'restricted'): readonly number[];
}

/**
 * Makes a registry of checks. Throws on a list that could not work: an id twice, a check without versions or with unordered ones, an override
 * of anything but a baseline check. Mirrors policy/registry.go of pod-security-admission, v0.37.
 */
export function makeCheckRegistry(checks: readonly Check[]): CheckRegistry {
  const fault = registryFault(checks);
  if (fault !== undefined) throw new Error(fault);
  const ordered = [...of('baseline'), ...of('restricted')];
  const known = new Map<string, readonly RunningCheck[]>();
  const newest = Math.max(...checks.flatMap(({ versions }) => versions.map(({ since }) => since)));

  function of(level: 'baseline' | 'restricted'): readonly Check[] {
    return checks.filter((check) => check.level === level).sort((a, b) => compareBytes(a.id, b.id));
  }

  return {
    newest,
    checksAt: (level, asked) => {
      const minor = Math.min(asked, newest);
      const key = `${level}@${minor}`;
      let running = known.get(key);
      if (running === undefined) known.set(key, (running = runningChecks(ordered, level, minor)));
      return running;
    },
    stepsOf: (level) => {
      const counted = level === 'baseline' ? of('baseline') : checks;
      const minors = counted.flatMap(({ versions }) => versions.map(({ since }) => since));
      return [...new Set(minors)].sort((a, b) => a - b);
    },
  };
}

function runningChecks(ordered: readonly Check[], level: 'baseline' | 'restricted', minor: number): RunningCheck[] {
  const running = ordered.flatMap((check) => {
    const current = versionAt(check, minor);
    const runs = level === 'restricted' || check.level === 'baseline';
    return current !== undefined && runs ? [{ check, current }] : [];
  });
  const overridden = new Set(running.flatMap(({ current }) => current.overrides ?? []));
  return running
    .filter(({ check }) => check.level === 'restricted' || !overridden.has(check.id))
    .map(({ check, current }) => ({ id: check.id, checkPod: current.checkPod }));
}

function versionAt({ versions }: Check, minor: number): VersionedCheck | undefined {
  return versions.findLast(({ since }) => since <= minor);
}

/** What is wrong with a list of checks; undefined when nothing is. */
function registryFault(checks: readonly Check[]): string | undefined {
  const levels = new Map<string, string>();
  for (const { id, level, versions } of checks) {
    if (levels.has(id)) return `multiple checks registered for ID ${id}`;
    levels.set(id, level);
    if (versions.length === 0) return `check ${id}: empty`;
    for (const [index, { since }] of versions.entries()) {
      const before = versions[index - 1]?.since;
      if (before !== undefined && before >= since) return `check ${id}: versions must be strictly increasing`;
    }
  }
  for (const { id, level, versions } of checks) {
    for (const overridden of versions.flatMap(({ overrides = [] }) => overrides)) {
      if (level !== 'restricted') return `check ${id}: only restricted checks may set overrides`;
      const target = levels.get(overridden);
      if (target !== 'baseline') return `check ${id}: overrides ${target ?? 'unknown'} check ${overridden}`;
    }
  }
  return undefined;
}
