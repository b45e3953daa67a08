import { APPARMOR_CONTAINER, seccompField } from '../../cluster/pod-profiles.ts';
import type { JsonObject } from '../../model/object.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { CONTAINER, editedPod, type PodEdit } from './edit-pod.ts';
import {
  judgeByLevels,
  judgeByPolicies,
  type LevelVerdict,
  type MigrationServers,
  type PolicyVerdict,
  STRICT_LEVELS,
} from './judge-both.ts';
import { appArmorProfiles, podEdits, seccompProfiles } from './pod-edits.ts';

/** A pod, and what both plugins make of it. */
export interface Probe {
  /** What it begins as, and what was changed then. */
  readonly beginning: readonly PodEdit[];
  readonly changes: readonly PodEdit[];
  readonly pod: JsonObject;
  readonly levels: LevelVerdict;
  /** By each policy alone, in the order of the policies. */
  readonly policies: readonly PolicyVerdict[];
}

/**
 * Pods that between them show whatever the policies and the levels may disagree about: some to begin with, each of which both sides judge in
 * another way, and every single change to them that some policy or check may take to be a difference.
 */
export function probePods(policies: readonly Provider[], servers: MigrationServers): readonly Probe[] {
  const probe = prober(policies, servers);
  const edits = podEdits(policies);
  return firstEdits(policies).flatMap((group) => {
    const plain = group.map((beginning) => probe(beginning, []));
    const chosen = chooseBeginnings(plain, policies.length);
    return [...plain, ...chosen.flatMap(({ beginning }) => edits.map((edit) => probe(beginning, [edit])))];
  });
}

/** Judges pods made by edits. */
export type Prober = (beginning: readonly PodEdit[], changes: readonly PodEdit[]) => Probe;

/** A prober for these policies. */
export function prober(policies: readonly Provider[], servers: MigrationServers): Prober {
  return (beginning, changes) => {
    const pod = editedPod([...beginning, ...changes]);
    const levels = judgeByLevels(servers, pod);
    const verdicts = policies.map((policy) => judgeByPolicies(servers, [policy], pod));
    return { beginning, changes, pod, levels, policies: verdicts };
  };
}

/** What the level restricted asks of a container, profiles aside. */
const COMPLIANT: PodEdit = {
  podContext: { runAsNonRoot: true },
  context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
const WINDOWS: PodEdit = { spec: { os: { name: 'windows' } }, podContext: { runAsNonRoot: true } };

/** A pod that says nothing, one that the level restricted admits, and one for Windows; each without and with every profile that matters. */
function firstEdits(policies: readonly Provider[]): readonly (readonly (readonly PodEdit[])[])[] {
  const seccomp = seccompProfiles(policies).flatMap((profile): PodEdit[] => {
    const seccompProfile = seccompField(profile);
    return seccompProfile === undefined ? [] : [{ podContext: { seccompProfile: { ...seccompProfile } } }];
  });
  const appArmor = appArmorProfiles(policies).map((profile): PodEdit => ({
    annotations: { [`${APPARMOR_CONTAINER}${CONTAINER}`]: profile },
  }));
  return [[], [COMPLIANT], [WINDOWS]].map((core: readonly PodEdit[]) =>
    [[], ...seccomp.map((edit) => [edit])].flatMap((one) =>
      [[], ...appArmor.map((edit) => [edit])].map((other) => [...core, ...one, ...other]),
    ),
  );
}

/**
 * The pods that changes start from: for each policy and level one that both admit, one that only the level does and one that only the policy
 * does, as it is and with what it fills in; of several the one with the fewest faults.
 */
function chooseBeginnings(probes: readonly Probe[], policies: number): readonly Probe[] {
  const ordered = [...probes].sort((a, b) => faultsIn(a) - faultsIn(b));
  const chosen = new Set<Probe>();
  for (let index = 0; index < policies; index++) {
    for (const strict of [[], ['baseline'], ['restricted']] as const) {
      const passes = ({ levels }: Probe) => strict.every((level) => levels[level].length === 0);
      for (const standing of ['refused', 'filled', 'as it is']) {
        const found = ordered.find((probe) => passes(probe) && standingOf(probe, index) === standing);
        if (found !== undefined) chosen.add(found);
      }
    }
  }
  return [...chosen];
}

function standingOf({ policies }: Probe, index: number): 'refused' | 'filled' | 'as it is' {
  const verdict = policies[index];
  if (verdict?.admitted !== true) return 'refused';
  return verdict.asItIs ? 'as it is' : 'filled';
}

function faultsIn({ levels, policies }: Probe): number {
  const refusals = policies.reduce((sum, verdict) => sum + verdict.refusals.length, 0);
  return refusals + STRICT_LEVELS.reduce((sum, level) => sum + levels[level].length, 0);
}
