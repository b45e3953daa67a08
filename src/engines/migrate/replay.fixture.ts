import fc from 'fast-check';
import type { JsonObject } from '../../model/object.ts';
import { formatFieldPath } from '../../text/tree.ts';
import { LEVELS } from '../psa/level.ts';
import type { Provider } from '../psp/compile-policy.ts';
import { levelDifferences } from './differences.ts';
import { judgeByLevels, judgeByPolicies, type MigrationServers } from './judge-both.ts';
import { randomPods } from './random-pods.fixture.ts';

/** What is wrong with the claims about some policies: an example that does not show what it is an example of, a difference that nobody claimed. */
export function complaintsAbout(
  policies: readonly Provider[],
  servers: MigrationServers,
  { pods, seed }: { readonly pods: number; readonly seed: number },
): readonly string[] {
  const complaints: string[] = [];
  const claims = levelDifferences(policies, servers);
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
      if (!LEVELS.includes(level)) complaints.push(`there is no level ${level}`);
      if (admitted) {
        for (const { check } of levels[level]) {
          const claim = refuses.find((each) => each.check === check);
          if (claim !== undefined && !(asItIs && claim.filledIn)) continue;
          complaints.push(
            `${level} refuses by ${check}${asItIs ? ' as it is' : ''}, unclaimed: ${JSON.stringify(pod)}`,
          );
        }
      } else if (levels[level].length === 0) {
        for (const { control, message } of refusals) {
          if (admits.some((each) => formatFieldPath(each.control) === formatFieldPath(control))) continue;
          complaints.push(
            `${level} admits what ${formatFieldPath(control)} refuses, unclaimed: ${message} ${JSON.stringify(pod)}`,
          );
        }
      }
    }
  }
  return complaints;
}
