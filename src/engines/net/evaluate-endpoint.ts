import { ruleMatches } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Direction, Policy, Rule, RuleAction } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import type { Packet } from './packet.ts';
import type { TierPolicies } from './policy-index.ts';

/** One step of the walk through an endpoint's policies: all that felix reports. A `log` step decides nothing. */
export type WalkStep =
  | { readonly kind: 'rule'; readonly policy: Policy; readonly index: number; readonly action: RuleAction }
  | { readonly kind: 'end-of-tier'; readonly tier: string; readonly action: 'deny' | 'pass' }
  | { readonly kind: 'profile'; readonly profile: string; readonly index: number; readonly action: RuleAction }
  | { readonly kind: 'no-profile-match'; readonly action: 'deny' }
  | { readonly kind: 'failsafe'; readonly action: 'allow' };

/** What an endpoint's policies say; `continue` when none of them decided (only stages before the last leave it so). */
export interface EndpointVerdict {
  readonly decision: 'allow' | 'deny' | 'continue';
  readonly steps: readonly WalkStep[];
}

/** The tiers of an endpoint: those with at least one policy that selects it, governs the direction and is `wanted`. */
export function selectTiers(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  wanted: (policy: Policy) => boolean,
): readonly TierPolicies[] {
  return network.policies.selecting(endpoint).flatMap(({ tier, policies }) => {
    const kept = policies.filter((policy) => policy.governs[direction] && wanted(policy));
    return kept.length === 0 ? [] : [{ tier, policies: kept }];
  });
}

/** Whether a policy acts on the ordinary traffic of an endpoint: all that a pod ever has. */
export function isNormal(policy: Policy): boolean {
  return policy.stage === 'normal';
}

/**
 * Walks through tiers: the first matching rule of a tier decides, `Pass` goes on to the next tier, `Log` to the next rule. When
 * nothing matched, a tier with a policy in force ends with its default action, if the stage has one. Mirrors
 * felix/rules/endpoints.go endpointIptablesChain, v3.32.
 */
export function walkTiers(
  network: Network,
  tiers: readonly TierPolicies[],
  direction: Direction,
  packet: Packet,
  stage: { readonly endOfTier: boolean },
): EndpointVerdict {
  const steps: WalkStep[] = [];
  for (const { tier, policies } of tiers) {
    const action = walkPolicies(network, policies, direction, packet, steps);
    if (action === 'allow' || action === 'deny') return { decision: action, steps };
    if (action === undefined && stage.endOfTier) {
      const denies = tier.defaultAction === 'Deny' && policies.some((policy) => !policy.staged);
      steps.push({ kind: 'end-of-tier', tier: tier.name, action: denies ? 'deny' : 'pass' });
      if (denies) return { decision: 'deny', steps };
    }
  }
  return { decision: 'continue', steps };
}

/** Walks through the tiers of a pod, or of a host endpoint's own traffic, and then its profiles. */
export function evaluateEndpoint(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  packet: Packet,
): EndpointVerdict {
  const tiers = selectTiers(network, endpoint, direction, isNormal);
  const walked = walkTiers(network, tiers, direction, packet, { endOfTier: true });
  if (walked.decision !== 'continue') return walked;
  return walkProfiles(network, endpoint, direction, packet, walked.steps);
}

function walkPolicies(
  network: Network,
  policies: readonly Policy[],
  direction: Direction,
  packet: Packet,
  steps: WalkStep[],
): Verdict | undefined {
  for (const policy of policies) {
    if (policy.staged) continue;
    const action = walkRules(network, policy.rules[direction], packet, (index, action) =>
      steps.push({ kind: 'rule', policy, index, action }),
    );
    if (action !== undefined) return action;
  }
  return undefined;
}

function walkProfiles(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  packet: Packet,
  before: readonly WalkStep[],
): EndpointVerdict {
  const steps = [...before];
  for (const profile of endpoint.profiles) {
    const rules = network.profiles.get(profile)?.rules[direction] ?? [];
    const decision = walkRules(network, rules, packet, (index, action) =>
      steps.push({ kind: 'profile', profile, index, action }),
    );
    if (decision === 'allow' || decision === 'deny') return { decision, steps };
  }
  steps.push({ kind: 'no-profile-match', action: 'deny' });
  return { decision: 'deny', steps };
}

/** The action of the first rule that matches, but for those that only log. */
function walkRules(
  network: Network,
  rules: readonly Rule[],
  packet: Packet,
  report: (index: number, action: RuleAction) => void,
): Verdict | undefined {
  for (const [index, rule] of rules.entries()) {
    if (!ruleMatches(network, rule, packet)) continue;
    report(index, rule.action);
    if (rule.action !== 'log') return rule.action;
  }
  return undefined;
}

/** What a rule can end a policy with. */
type Verdict = Exclude<RuleAction, 'log'>;
