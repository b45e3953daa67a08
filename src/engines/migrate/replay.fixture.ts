import fc from 'fast-check';
import type { JsonObject } from '../../model/object.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import type { Provider } from '../psp/compile-policy.ts';
import type { LevelDifferences } from './differences.ts';
import { judgeByLevels, judgeByPolicies, type MigrationServers } from './judge-both.ts';
import { decisiveControls } from './new-admissions.ts';
import { randomPods } from './random-pods.fixture.ts';

/** What is wrong with the claims about some policies: an example that does not show what it is an example of, a difference that nobody claimed. */
export function complaintsAbout(
  policies: readonly Provider[],
  servers: MigrationServers,
  claims: readonly LevelDifferences[],
  { pods, seed }: { readonly pods: number; readonly seed: number },
): readonly string[] {
  const complaints: string[] = [];
  const both = (pod: JsonObject) => ({
    ...judgeByPolicies(servers, policies, pod),
    levels: { privileged: [], ...judgeByLevels(servers, pod) },
  });
  for (const { level, refuses, admits } of claims) {
    for (const { check, example, filledIn } of refuses) {
      const { valid, admitted, asItIs, levels } = both(example);
      const isShown = valid && admitted && (filledIn || asItIs) && levels[level].some((each) => each.check === check);
      if (!isShown) complaints.push(`${level} refuses by ${check}: ${JSON.stringify(example)}`);
    }
    for (const { control, example } of admits) {
      const { valid, admitted, refusals, levels } = both(example);
      const cited = refusals.some((each) => formatFieldPath(each.control) === formatFieldPath(control));
      if (!valid || admitted || !cited || levels[level].length > 0) {
        complaints.push(`${level} admits what ${formatFieldPath(control)} refuses: ${JSON.stringify(example)}`);
      }
    }
  }
  for (const pod of fc.sample(randomPods(policies), { numRuns: pods, seed })) {
    const { valid, admitted, asItIs, refusals, levels } = both(pod);
    if (!valid) continue;
    for (const { level, refuses, admits } of claims) {
      if (admitted) {
        for (const { check } of levels[level]) {
          const claim = refuses.find((each) => each.check === check);
          if (claim !== undefined && !(asItIs && claim.filledIn)) continue;
          complaints.push(
            `${level} refuses by ${check}${asItIs ? ' as it is' : ''}, unclaimed: ${JSON.stringify(pod)}`,
          );
        }
      } else if (levels[level].length === 0) {
        const isClaimed = (path: FieldPath) =>
          admits.some(({ control }) => formatFieldPath(control) === formatFieldPath(path));
        const decisive = decisiveControls(refusals);
        const missing = decisive.filter((path) => !isClaimed(path));
        const uncovered = decisive.length === 0 && !refusals.some(({ control }) => isClaimed(control));
        if (missing.length === 0 && !uncovered) continue;
        const paths = (uncovered ? refusals.map(({ control }) => control) : missing).map(formatFieldPath).join(', ');
        complaints.push(`${level} admits what ${paths} refuses, unclaimed: ${JSON.stringify(pod)}`);
      }
    }
  }
  return complaints;
}
