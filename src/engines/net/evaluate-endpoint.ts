import { ruleMatches } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Direction, Policy, Rule, Tier } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import type { Packet } from './packet.ts';

/** The tiers that count for an endpoint in one stage and direction, each with the policies that select it, in order. */
export interface SelectedTier {
  readonly tier: Tier;
  readonly policies: readonly Policy[];
}

/** One deciding step of the walk through an endpoint's policies. */
export type WalkStep =
  | {
      readonly kind: 'rule';
      readonly policy: Policy;
      readonly index: number;
      readonly action: 'allow' | 'deny' | 'pass';
    }
  | { readonly kind: 'end-of-tier'; readonly tier: string; readonly action: 'deny' | 'pass' }
  | {
      readonly kind: 'profile';
      readonly profile: string;
      readonly index: number;
      readonly action: 'allow' | 'deny' | 'pass';
    }
  | { readonly kind: 'no-profile-match'; readonly action: 'deny' };

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
): readonly SelectedTier[] {
  return network.tiers.flatMap((tier) => {
    const policies = tier.policies.filter(
      (policy) => policy.governs[direction] && wanted(policy) && network.owners.isMatched(policy.selector, endpoint),
    );
    return policies.length === 0 ? [] : [{ tier, policies }];
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
  tiers: readonly SelectedTier[],
  direction: Direction,
  packet: Packet,
  stage: { readonly endOfTier: boolean },
): EndpointVerdict {
  const steps: WalkStep[] = [];
  for (const { tier, policies } of tiers) {
    const step = walkPolicies(network, policies, direction, packet);
    if (step !== undefined) {
      steps.push(step);
      if (step.action !== 'pass') return { decision: step.action, steps };
    } else if (stage.endOfTier) {
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
): (WalkStep & { readonly kind: 'rule' }) | undefined {
  for (const policy of policies) {
    if (policy.staged) continue;
    const decided = firstMatch(network, policy.rules[direction], packet);
    if (decided !== undefined) return { kind: 'rule', policy, ...decided };
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
  for (const name of endpoint.profiles) {
    const decided = firstMatch(network, network.profiles.get(name)?.rules[direction] ?? [], packet);
    if (decided === undefined) continue;
    steps.push({ kind: 'profile', profile: name, ...decided });
    if (decided.action !== 'pass') return { decision: decided.action, steps };
  }
  steps.push({ kind: 'no-profile-match', action: 'deny' });
  return { decision: 'deny', steps };
}

function firstMatch(
  network: Network,
  rules: readonly Rule[],
  packet: Packet,
): { readonly index: number; readonly action: 'allow' | 'deny' | 'pass' } | undefined {
  for (const [index, rule] of rules.entries()) {
    if (rule.action !== 'log' && ruleMatches(network, rule, packet)) return { index, action: rule.action };
  }
  return undefined;
}
