import { featureEnabled } from '../../../cluster/index/feature-gates.ts';
import { APPARMOR_CONTAINER, SECCOMP_POD, seccompField } from '../../../cluster/index/pod-profiles.ts';
import type { Json } from '../../../model/object.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import { CONTAINER, editedPod, type PodEdit } from './edit-probe.ts';
import {
  judgeByLevels,
  judgeByPolicies,
  type LevelVerdict,
  meetPod,
  type MetPod,
  type MigrationServers,
  type PolicyVerdict,
  STRICT_LEVELS,
} from '../judging/judge-both.ts';
import { isUnderstood } from '../judging/is-understood.ts';
import { distinct } from './probe-values.ts';
import { appArmorProfiles, podEdits, seccompProfiles } from './probe-pods.ts';

/** A pod, and what both plugins make of it. */
export interface Probe {
  /** What it begins as, and what was changed then. */
  readonly beginning: readonly PodEdit[];
  readonly changes: readonly PodEdit[];
  readonly pod: MetPod;
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
  const groups = firstEdits(policies, servers).map((group) => group.map((beginning) => probe(beginning, [])));
  const edits = podEdits(policies);
  const clear = clearestBeginnings(groups.flat(), policies.length);
  const clearly = clear.map(({ beginning }) => edits.map((edit) => probe(beginning, [edit])));
  const telling = tellingEdits(edits, clearly);
  const chosen = groups.flatMap((plain) => chooseBeginnings(plain, policies.length));
  const others = chosen.filter((each) => !clear.includes(each));
  return [
    ...groups.flat(),
    ...clearly.flat(),
    ...others.flatMap(({ beginning }) => telling.map((edit) => probe(beginning, [edit]))),
  ];
}

/** For each policy the pod that it and the levels have the least against: there a change shows best. */
function clearestBeginnings(plain: readonly Probe[], policies: number): readonly Probe[] {
  const valid = plain.filter(({ pod }) => pod.valid && isUnderstood(pod));
  const clearest = Array.from({ length: policies }, (_none, index) => {
    const faults = (each: Probe) => levelFaults(each) + (each.policies[index]?.refusals.length ?? 0);
    return valid.reduce<Probe | undefined>(
      (best, each) => (best === undefined || faults(each) < faults(best) ? each : best),
      undefined,
    );
  });
  return distinct(clearest.flatMap((each) => each ?? []));
}

/** Of the changes that set the same fields, and of which both sides make the same wherever they were tried, one. */
function tellingEdits(edits: readonly PodEdit[], tried: readonly (readonly Probe[])[]): readonly PodEdit[] {
  const known = new Set<string>();
  return edits.filter((edit, index) => {
    const fields = JSON.stringify(edit, (_key, value: Json) => (typeof value === 'object' ? value : 0));
    const key = [fields, ...tried.map((probes) => outcomeOf(probes[index]))].join('\n');
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

/** What both sides make of a pod, without their words. */
function outcomeOf(probe: Probe | undefined): string {
  if (probe === undefined) return '';
  const { pod, levels, policies } = probe;
  const checks = STRICT_LEVELS.map((level) => levels[level].map(({ check }) => check));
  const verdicts = policies.map(({ admitted, asItIs, refusals }) => [
    admitted,
    asItIs,
    refusals.map(({ control }) => control),
  ]);
  return JSON.stringify([pod.valid, checks, verdicts]);
}

/** Judges pods made by edits. */
export type Prober = (beginning: readonly PodEdit[], changes: readonly PodEdit[]) => Probe;

/** A prober for these policies. */
export function prober(policies: readonly Provider[], servers: MigrationServers): Prober {
  return (beginning, changes) => {
    const pod = meetPod(servers, editedPod([...beginning, ...changes]));
    let verdicts: readonly PolicyVerdict[] | undefined;
    return {
      beginning,
      changes,
      pod,
      levels: judgeByLevels(servers, pod),
      // Of pods that are put together, most are dropped by a level.
      get policies() {
        return (verdicts ??= policies.map((policy) => judgeByPolicies(servers, [policy], pod)));
      },
    };
  };
}

const FIRST_SECCOMP_FIELDS = 19;

/** What the level restricted asks of a container, profiles aside. */
const COMPLIANT: PodEdit = {
  podContext: { runAsNonRoot: true },
  context: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
const USER_NAMESPACE: PodEdit = { spec: { hostUsers: false } };
const WINDOWS: PodEdit = { spec: { os: { name: 'windows' } }, podContext: { runAsNonRoot: true } };

/** A pod that says nothing, one that the level restricted admits, without and with users of its own, and one for Windows; each without and with every profile that matters. */
function firstEdits(
  policies: readonly Provider[],
  { psp, psa }: MigrationServers,
): readonly (readonly (readonly PodEdit[])[])[] {
  const seccomp = seccompProfiles(policies).flatMap((profile): PodEdit[] => {
    const annotated =
      psp.version.value.minor < FIRST_SECCOMP_FIELDS ? [{ annotations: { [SECCOMP_POD]: profile } }] : [];
    const seccompProfile = seccompField(profile);
    if (seccompProfile === undefined) return annotated;
    return [...annotated, { podContext: { seccompProfile: { ...seccompProfile } } }];
  });
  const appArmor = appArmorProfiles(policies).map((profile): PodEdit => ({
    annotations: { [`${APPARMOR_CONTAINER}${CONTAINER}`]: profile },
  }));
  const cores: readonly (readonly PodEdit[])[] = [
    [],
    [COMPLIANT],
    [WINDOWS],
    ...(featureEnabled(psa, 'UserNamespacesSupport') ? [[COMPLIANT, USER_NAMESPACE]] : []),
  ];
  return cores.map((core) =>
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
  const ordered = probes.filter(({ pod }) => pod.valid).sort((a, b) => faultsIn(a) - faultsIn(b));
  const chosen = new Set<Probe>();
  for (let index = 0; index < policies; index++) {
    for (const strict of [[], ['baseline'], ['restricted']] as const) {
      const passes = ({ levels }: Probe) => strict.every((level) => levels[level].length === 0);
      for (const standing of ['refused', 'filled', 'as it is']) {
        const found = ordered.filter((probe) => passes(probe) && standingOf(probe, index) === standing);
        // What policies admit counts only where their server knows all of the pod.
        for (const each of [found[0], found.find(({ pod }) => isUnderstood(pod))]) {
          if (each !== undefined) chosen.add(each);
        }
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

function faultsIn(probe: Probe): number {
  return levelFaults(probe) + probe.policies.reduce((sum, verdict) => sum + verdict.refusals.length, 0);
}

function levelFaults({ levels }: Probe): number {
  return STRICT_LEVELS.reduce((sum, level) => sum + levels[level].length, 0);
}
