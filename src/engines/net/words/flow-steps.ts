import type { Step } from '../../verdict.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import type { EndpointVerdict } from '../packet/evaluate-endpoint.ts';
import { endpointTitle } from '../packet/flow-end.ts';
import { endCriteria, ruleCriteria } from '../criteria/criteria.ts';
import { ruleMatches } from '../packet/match-rule.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';
import { objectTitle, policyPlace, writtenOrImplicit } from './policy-words.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { formatFieldPath } from '../../../text/tree.ts';

/** One end of a flow after evaluation. */
export interface WalkedSide {
  readonly direction: Direction;
  readonly endpoint: Endpoint;
  readonly verdict: EndpointVerdict;
}

/** The whole walk at one end, through its ordinary tiers or those of a stage of a host endpoint: every tier, every policy in order, every rule and why it did not match, up to the one that decided. */
export function sideSteps(
  network: Network,
  { direction, endpoint, verdict }: WalkedSide,
  packet: Packet,
  tiers: readonly TierPolicies[] = selectTiers(network, endpoint, direction, isNormal),
): Step {
  const last = verdict.steps.at(-1);
  const steps: Step[] = [];
  for (const tier of tiers) {
    steps.push(tierStep(network, tier, direction, packet, verdict));
    const reached = last?.kind === 'rule' ? last.policy.tier : last?.kind === 'end-of-tier' ? last.tier : undefined;
    if (reached === tier.tier.name) break;
  }
  for (const step of verdict.steps) {
    if (step.kind === 'profile') {
      steps.push({
        sentence: `profile ${step.profile}: rule ${step.index} ${step.action}s it`,
        outcome: outcomeOf(step.action),
      });
    } else if (step.kind === 'no-profile-match') steps.push({ sentence: 'no profile allows it', outcome: 'failed' });
  }
  const { decision } = verdict;
  const words = decision === 'allow' ? 'allowed' : decision === 'deny' ? 'denied' : 'unknown';
  return {
    sentence: `${direction} at ${endpointTitle(endpoint.object)}: ${words}`,
    outcome: outcomeOf(decision),
    steps,
  };
}

function tierStep(
  network: Network,
  { tier, policies, uncertain }: TierPolicies,
  direction: Direction,
  packet: Packet,
  verdict: EndpointVerdict,
): Step {
  const steps: Step[] = [];
  const final = verdict.steps.at(-1);
  for (const policy of policies) {
    steps.push(policyStep(network, policy, uncertain.has(policy), direction, packet));
    if (final?.kind === 'rule' && final.policy === policy && final.uncertain !== true) break;
    // A rule that passes ends the tier, too.
    const passes = verdict.steps.some(
      (step) => step.kind === 'rule' && step.policy === policy && step.action === 'pass' && step.uncertain !== true,
    );
    if (passes) break;
  }
  const end = verdict.steps.find((step) => step.kind === 'end-of-tier' && step.tier === tier.name);
  if (end !== undefined) {
    const sentence =
      end.action === 'deny'
        ? `the end of the tier ${end.uncertain === true ? 'may deny' : 'denies'} it`
        : 'the tier passes it on';
    steps.push({ sentence, outcome: end.uncertain === true ? 'noted' : outcomeOf(end.action) });
  }
  return { sentence: `tier ${tier.name}`, outcome: 'noted', steps };
}

function policyStep(
  network: Network,
  policy: Policy,
  isUncertain: boolean,
  direction: Direction,
  packet: Packet,
): Step {
  const { object } = policy.origin;
  const selects = isUncertain ? ', may select the pod' : '';
  const title = `${objectTitle(object)} (${policyPlace(policy)}${selects})`;
  const at = { object: writtenOrImplicit(object, 'not written'), path: policy.origin.path };
  if (policy.staged) return { ...at, sentence: `${title}: staged, decides nothing`, outcome: 'skipped' };
  const steps: Step[] = [];
  for (const rule of policy.rules[direction]) {
    const step = ruleStep(network, rule, isUncertain, packet);
    steps.push(step.step);
    if (step.ends) break;
  }
  const sentence = steps.length === 0 ? `${title}: has no ${direction} rule` : title;
  return { ...at, sentence, outcome: steps.some(({ outcome }) => outcome !== 'skipped') ? 'noted' : 'skipped', steps };
}

function ruleStep(network: Network, rule: Rule, isUncertain: boolean, packet: Packet): { step: Step; ends: boolean } {
  const { object, path } = rule.origin;
  const at = { object: writtenOrImplicit(object, 'not written'), path };
  const truth = ruleMatches(network, rule, packet);
  const field = formatFieldPath(path);
  if (truth === false) {
    return {
      step: { ...at, sentence: `${field}: ${mismatch(network, rule, packet)}`, outcome: 'skipped' },
      ends: false,
    };
  }
  const isCertain = truth === true && !isUncertain;
  const sentence = `${field}: ${isCertain ? `matches, ${rule.action}` : `may match, ${rule.action}`}`;
  const outcome = isCertain ? outcomeOf(rule.action) : 'noted';
  return { step: { ...at, sentence, outcome }, ends: isCertain && rule.action !== 'log' };
}

/** What of a packet a rule does not match. */
function mismatch(network: Network, rule: Rule, packet: Packet): string {
  const sides = ['source', 'destination'] as const;
  const addresses = sides.flatMap((side) =>
    endCriteria(rule[side])
      .filter((criterion) => criterion.matchesAddress(packet[side], packet.family, network) === false)
      .map((criterion) => criterion.mismatch(side)),
  );
  const ports = sides.flatMap((side) =>
    endCriteria(rule[side])
      .filter((criterion) => !criterion.matchesPort(packet[side], packet, rule, network))
      .map((criterion) => criterion.mismatch(side)),
  );
  const [first = 'another packet'] = [
    ...ruleCriteria(rule)
      .filter((criterion) => !criterion.matchesPacket(packet))
      .map((each) => each.mismatch),
    ...addresses,
    ...ports,
  ];
  return first;
}

function outcomeOf(action: string): Step['outcome'] {
  return action === 'allow' ? 'passed' : action === 'deny' ? 'failed' : 'noted';
}
