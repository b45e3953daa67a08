import { both } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import { ruleMatches } from './match-rule.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Policy, Rule, RuleAction } from '../form/normal-form.ts';
import type { Packet } from '../form/packet.ts';
import type { TierPolicies } from '../model/policy-index.ts';

/**
 * One step of the walk through an endpoint's policies: all that felix reports. A `log` step decides nothing, and an uncertain one
 * is taken or not, depending on what is not known.
 */
export type WalkStep = (
  | { readonly kind: 'rule'; readonly policy: Policy; readonly index: number; readonly action: RuleAction }
  | { readonly kind: 'end-of-tier'; readonly tier: string; readonly action: 'deny' | 'pass' }
  | { readonly kind: 'profile'; readonly profile: string; readonly index: number; readonly action: RuleAction }
  | { readonly kind: 'no-profile-match'; readonly action: 'deny' }
  | { readonly kind: 'failsafe'; readonly action: 'allow' }
) & { readonly uncertain?: true };

/**
 * The walk of one packet through tiers and profiles: the first matching rule of a tier decides, `Pass` goes on to the next tier, `Log` to
 * the next rule. When nothing matched, a tier with a policy in force ends with its default action, if the stage has one. Mirrors
 * felix/rules/endpoints.go endpointIptablesChain, v3.32. Where it is not known whether a rule matches, what it would decide is
 * kept in `possible`, and the walk goes on as if it did not.
 */
export class PolicyWalk {
  readonly steps: WalkStep[] = [];
  readonly possible = new Set<'allow' | 'deny'>();
  private readonly network: Network;
  private readonly direction: Direction;
  private readonly packet: Packet;

  constructor(network: Network, direction: Direction, packet: Packet) {
    this.network = network;
    this.direction = direction;
    this.packet = packet;
  }

  /** What the walk amounts to; one that did not end in a decision may still go on. */
  decision(isEnded: boolean): 'allow' | 'deny' | 'unknown' {
    const [only, other] = this.possible;
    return !isEnded || only === undefined || other !== undefined ? 'unknown' : only;
  }

  /** Walks through tiers; answers whether the walk ends in them for certain. */
  tiers(tiers: readonly TierPolicies[], hasEnd: boolean): boolean {
    return tiers.some((tier) => this.tier(tier, hasEnd));
  }

  /** Walks through the rules of profiles, where every walk ends. */
  profiles(names: readonly string[]): void {
    for (const profile of names) {
      const rules = this.network.profiles.get(profile)?.rules[this.direction] ?? [];
      const { action } = this.rules(rules, true, (step) => ({ kind: 'profile', profile, ...step }));
      if (action === 'allow' || action === 'deny') return;
    }
    this.decide({ kind: 'no-profile-match', action: 'deny' });
  }

  private tier({ tier, policies, uncertain }: TierPolicies, hasEnd: boolean): boolean {
    let mayPass = false;
    for (const policy of policies) {
      if (policy.staged) continue;
      const walked = this.rules(policy.rules[this.direction], uncertain.has(policy) ? 'maybe' : true, (step) => ({
        kind: 'rule',
        policy,
        ...step,
      }));
      mayPass ||= walked.mayPass;
      if (walked.action !== undefined) return walked.action !== 'pass' && !mayPass;
    }
    if (!hasEnd) return false;
    const inForce = policies.filter((policy) => !policy.staged);
    if (tier.defaultAction === 'Pass' || inForce.length === 0) {
      this.steps.push({ kind: 'end-of-tier', tier: tier.name, action: 'pass' });
      return false;
    }
    const isCertain = inForce.some((policy) => !uncertain.has(policy));
    this.decide({ kind: 'end-of-tier', tier: tier.name, action: 'deny', ...(isCertain ? {} : { uncertain: true }) });
    return isCertain && !mayPass;
  }

  /** The action of the first rule that certainly matches, but for those that only log; and whether one before it may pass. */
  private rules(
    rules: readonly Rule[],
    isSelected: Truth,
    stepOf: (step: { index: number; action: RuleAction; uncertain?: true }) => WalkStep,
  ): { readonly action?: Exclude<RuleAction, 'log'>; readonly mayPass: boolean } {
    let mayPass = false;
    for (const [index, rule] of rules.entries()) {
      const truth = both(isSelected, ruleMatches(this.network, rule, this.packet));
      if (truth === false) continue;
      const { action } = rule;
      this.decide(stepOf({ index, action, ...(truth === true ? {} : { uncertain: true }) }));
      if (action === 'log') continue;
      if (truth === true) return { action, mayPass };
      if (action === 'pass') mayPass = true;
    }
    return { mayPass };
  }

  private decide(step: WalkStep): void {
    this.steps.push(step);
    if (step.action === 'allow' || step.action === 'deny') this.possible.add(step.action);
  }
}
