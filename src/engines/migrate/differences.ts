import type { JsonObject } from '../../model/object.ts';
import type { Violation } from '../psa/evaluate-pod.ts';
import type { Level } from '../psa/level.ts';
import { LEVELS } from '../psa/level.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { filledPod } from './probing/filled-pod.ts';
import { isUnderstood } from './judging/is-understood.ts';
import {
  judgeByLevels,
  judgeByPolicies,
  type LevelVerdict,
  meetPod,
  type MetPod,
  type MigrationServers,
  type StrictLevel,
} from './judging/judge-both.ts';
import { type NewAdmission, newAdmissions } from './new-admissions.ts';
import { type Probe, probePods } from './probing/probes.ts';

/** A check of a level that refuses pods which the policies admit. */
export interface NewRefusal {
  /** The server's name of the check: `hostPorts`. */
  readonly check: string;
  readonly violation: Violation;
  /** A pod that the policies admit and the check refuses. */
  readonly example: JsonObject;
  /** Whether it is only about pods that leave to a policy what the level wants written: with what policies fill in, none is refused. */
  readonly filledIn: boolean;
}

/** How what a level admits differs from what policies admit. */
export interface LevelDifferences {
  readonly level: Level;
  readonly refuses: readonly NewRefusal[];
  readonly admits: readonly NewAdmission[];
}

/**
 * Compares every level with what the policies admit together, regardless of who may use them. A difference is claimed only with an example that both
 * plugins have judged; that there is no other rests on the probes, and is held to random pods by tests.
 */
export function levelDifferences(
  policies: readonly Provider[],
  servers: MigrationServers,
): readonly LevelDifferences[] {
  const probes = probePods(policies, servers);
  const admitted = admittedPods(probes, servers);
  return LEVELS.map((level) => ({
    level,
    refuses: level === 'privileged' ? [] : newRefusals(policies, servers, admitted, level),
    admits: newAdmissions(policies, servers, probes, level),
  }));
}

/** A pod that some policy admits by itself. */
interface AdmittedPod {
  readonly pod: MetPod;
  readonly levels: LevelVerdict;
  readonly filledIn: boolean;
}

/** The probes that policies admit, and each with what its policy filled in. */
function admittedPods(probes: readonly Probe[], servers: MigrationServers): readonly AdmittedPod[] {
  return probes.flatMap(({ pod, levels, policies }) => {
    if (!policies.some(({ admitted }) => admitted) || !isUnderstood(pod)) return [];
    return policies.flatMap(({ admitted, asItIs, pod: filled }): AdmittedPod[] => {
      if (!admitted) return [];
      if (asItIs) return [{ pod, levels, filledIn: false }];
      const written = meetPod(servers, filledPod(pod.written, filled));
      return [
        { pod, levels, filledIn: true },
        { pod: written, levels: judgeByLevels(servers, written), filledIn: false },
      ];
    });
  });
}

function newRefusals(
  policies: readonly Provider[],
  servers: MigrationServers,
  admitted: readonly AdmittedPod[],
  level: StrictLevel,
): readonly NewRefusal[] {
  const found = new Map<string, NewRefusal>();
  // Pods with one fault make the plainest examples.
  const ordered = [...admitted].sort((a, b) => a.levels[level].length - b.levels[level].length);
  for (const { pod, levels, filledIn } of ordered) {
    const open = levels[level].filter(({ check }) => {
      const before = found.get(check);
      return before === undefined || (before.filledIn && !filledIn);
    });
    if (open.length === 0) continue;
    // What one admits, all of them do, but for what the first of them makes of it.
    const verdict = judgeByPolicies(servers, policies, pod);
    if (!verdict.admitted || !verdict.valid) continue;
    const relies = filledIn && !verdict.asItIs;
    for (const violation of open) {
      found.set(violation.check, { check: violation.check, violation, example: pod.written, filledIn: relies });
    }
  }
  return [...found.values()].sort((a, b) => (a.check < b.check ? -1 : 1));
}

/** The strictest level that refuses nothing of what the policies admit; `filledIn`: once pods say themselves what the policies fill in. */
export function keepingLevel(differences: readonly LevelDifferences[], filledIn: boolean): Level {
  const keeping = differences.findLast(({ refuses }) => refuses.every((refusal) => filledIn && refusal.filledIn));
  return keeping?.level ?? 'privileged';
}
