import { both } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Direction, Family, Policy, Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { Network } from '../model/network.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { addressMatches } from '../packet/match-rule.ts';
import type { OwnSides } from './own-sides.ts';
import { rulesEnds } from './rule-ends.ts';

/** A rule whose own end an endpoint is, or may be. */
export interface OwnRule {
  readonly rule: Rule;
  /** The number of the tier among those of the endpoint, or of the profile after them. */
  readonly stage: number;
  /** Whether its policy selects the endpoint and the endpoint is its own end; never `false`. */
  readonly isOwn: Truth;
}

/** A policy's rule as it stands in the way of an endpoint's packets. */
export interface StandingRule extends OwnRule {
  readonly policy: Policy;
}

/** The rules of one direction as they stand before endpoints; what is the same for all endpoints is made once. */
export class StandingRules {
  private readonly network: Network;
  private readonly family: Family;
  private readonly direction: Direction;
  private readonly sides: OwnSides;
  /** Of policies that see nothing of the endpoints that they select, by stage. */
  private readonly shared = new Map<Policy, Map<number, readonly StandingRule[]>>();

  constructor(network: Network, family: Family, direction: Direction, sides: OwnSides) {
    this.network = network;
    this.family = family;
    this.direction = direction;
    this.sides = sides;
  }

  /** The rules of policies in force, in order of evaluation. */
  of(tiers: readonly TierPolicies[], end: AddressEnd): readonly StandingRule[] {
    return tiers.flatMap(({ policies, uncertain }, stage) =>
      policies.flatMap((policy) => {
        if (policy.staged) return [];
        if (uncertain.has(policy) || !this.sides.isBlind(policy)) {
          return this.ofPolicy(policy, stage, end, !uncertain.has(policy) || 'maybe');
        }
        const byStage = this.shared.get(policy) ?? new Map<number, readonly StandingRule[]>();
        this.shared.set(policy, byStage);
        const rules = byStage.get(stage) ?? this.ofPolicy(policy, stage, end, true);
        byStage.set(stage, rules);
        return rules;
      }),
    );
  }

  private ofPolicy(policy: Policy, stage: number, end: AddressEnd, isSelected: Truth): readonly StandingRule[] {
    return policy.rules[this.direction].flatMap((rule): StandingRule[] => {
      const isOwn = both(isSelected, this.isOwn(rule, end));
      return isOwn === false ? [] : [{ rule, policy, stage, isOwn }];
    });
  }

  /** Whether an endpoint is a rule's own end. */
  isOwn(rule: Rule, end: AddressEnd): Truth {
    const [own] = rulesEnds(rule, this.direction);
    return addressMatches(this.network, own, end, this.family);
  }
}
