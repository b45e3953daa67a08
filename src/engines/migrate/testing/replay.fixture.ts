import fc from 'fast-check';
import type { JsonObject } from '../../../model/object.ts';
import { type FieldPath, formatFieldPath } from '../../../text/tree.ts';
import type { Provider } from '../../psp/compile-policy.ts';
import type { LevelDifferences } from '../differences.ts';
import { filledPod } from '../probing/filled-pod.ts';
import { isUnderstood } from '../judging/is-understood.ts';
import { judgeByLevels, judgeByPolicies, meetPod, type MigrationServers } from '../judging/judge-both.ts';
import { decisiveControls } from '../new-admissions.ts';
import { PLAIN_PODS, randomPods } from './random-pods.fixture.ts';

/** What came of replaying random pods through both plugins. */
export interface Replay {
  /** An example that does not show what it is an example of, a difference that nobody claimed. */
  readonly complaints: readonly string[];
  /** How many pods each pair of verdicts was given to: `policies admit, restricted refuses`; and how many are invalid. */
  readonly tally: ReadonlyMap<string, number>;
}

/** Holds the claims about some policies to random pods, and their examples to both plugins. */
export function replay(
  policies: readonly Provider[],
  servers: MigrationServers,
  claims: readonly LevelDifferences[],
  { pods, seed }: { readonly pods: number; readonly seed: number },
): Replay {
  const judge = (written: JsonObject) => judged(policies, servers, written);
  const complaints = claims.flatMap((claim) => wrongExamples(claim, judge));
  const tally = new Map<string, number>();
  const count = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
  for (const pod of fc.sample(randomPods(policies, basesFor(policies, servers)), { numRuns: pods, seed })) {
    const verdict = judge(pod);
    if (!verdict.valid) {
      count('invalid');
      continue;
    }
    for (const claim of claims) {
      const { level } = claim;
      const isAllowed = verdict.levels[level].length === 0;
      count(`policies ${verdict.admitted ? 'admit' : 'refuse'}, ${level} ${isAllowed ? 'admits' : 'refuses'}`);
      const unclaimed = verdict.admitted ? unclaimedRefusals(claim, verdict) : unclaimedAdmissions(claim, verdict);
      complaints.push(...unclaimed.map((what) => `${level} ${what}, unclaimed: ${JSON.stringify(pod)}`));
    }
  }
  return { complaints, tally };
}

type Judged = ReturnType<typeof judged>;

function judged(policies: readonly Provider[], servers: MigrationServers, written: JsonObject) {
  const pod = meetPod(servers, written);
  return {
    ...judgeByPolicies(servers, policies, pod),
    understood: isUnderstood(pod),
    levels: { privileged: [], ...judgeByLevels(servers, pod) },
  };
}

function wrongExamples(
  { level, refuses, admits }: LevelDifferences,
  judge: (pod: JsonObject) => Judged,
): readonly string[] {
  const wrong: string[] = [];
  for (const { check, example, filledIn } of refuses) {
    const { valid, understood, admitted, asItIs, levels } = judge(example);
    const isAdmitted = valid && understood && admitted && asItIs !== filledIn;
    if (isAdmitted && levels[level].some((each) => each.check === check)) continue;
    wrong.push(`${level} refuses by ${check}: ${JSON.stringify(example)}`);
  }
  for (const { control, example } of admits) {
    const { valid, admitted, refusals, levels } = judge(example);
    const isCited = refusals.some((each) => formatFieldPath(each.control) === formatFieldPath(control));
    if (valid && !admitted && isCited && levels[level].length === 0) continue;
    wrong.push(`${level} admits what ${formatFieldPath(control)} refuses: ${JSON.stringify(example)}`);
  }
  return wrong;
}

function unclaimedRefusals(
  { level, refuses }: LevelDifferences,
  { understood, asItIs, levels }: Judged,
): readonly string[] {
  if (!understood) return [];
  return levels[level].flatMap(({ check }) => {
    const claim = refuses.find((each) => each.check === check);
    if (claim !== undefined && !(asItIs && claim.filledIn)) return [];
    return [`refuses by ${check}${asItIs ? ' as it is' : ''}`];
  });
}

function unclaimedAdmissions({ level, admits }: LevelDifferences, { levels, refusals }: Judged): readonly string[] {
  if (levels[level].length > 0) return [];
  const isClaimed = (path: FieldPath) =>
    admits.some(({ control }) => formatFieldPath(control) === formatFieldPath(path));
  const decisive = decisiveControls(refusals);
  const controls = decisive.length > 0 ? decisive : refusals.map(({ control }) => control);
  const missing = controls.filter((path) => !isClaimed(path));
  const isCovered = decisive.length > 0 ? missing.length === 0 : missing.length < controls.length;
  return isCovered ? [] : [`admits what ${missing.map(formatFieldPath).join(', ')} refuses`];
}

/** Plain pods, and each with what a policy fills in. */
function basesFor(policies: readonly Provider[], servers: MigrationServers): readonly JsonObject[] {
  const filled = policies.flatMap((policy) =>
    PLAIN_PODS.map((pod) => filledPod(pod, judgeByPolicies(servers, [policy], meetPod(servers, pod)).pod)),
  );
  return [...PLAIN_PODS, ...filled];
}
