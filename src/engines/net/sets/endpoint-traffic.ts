import { choose } from '../../../lang/traffic/combine.ts';
import { DiagramSpace } from '../../../lang/traffic/diagram.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import { both } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { addressesMatch } from '../packet/match-rule.ts';
import { FirstMatch } from './first-match.ts';
import type { MatchedRule, Stage } from './first-match.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { encapsulatedTraffic, ruleTraffic } from './rule-traffic.ts';

/** What decides some packets in the end: a rule, or what comes when no rule did. */
export type Decider =
  | { readonly kind: 'rule'; readonly policy: Policy; readonly index: number }
  | { readonly kind: 'end-of-tier'; readonly tier: string }
  | { readonly kind: 'profile'; readonly profile: string; readonly index: number }
  | { readonly kind: 'no-profile-match' }
  | { readonly kind: 'encapsulation' }
  | { readonly kind: 'unknown' };

export interface Outcome {
  readonly decision: 'allow' | 'deny' | 'unknown';
  readonly by: Decider;
}

/** The two addresses between which packets go. */
export interface AddressPair {
  readonly family: Family;
  readonly source: AddressEnd;
  readonly destination: AddressEnd;
}

/**
 * Evaluates endpoints for all packets between two addresses at once: `evaluateEndpoint` on sets. One of it serves one analysis, so
 * that equal answers are the same object.
 */
export class TrafficEvaluator {
  readonly algebra = new TrafficAlgebra();
  readonly outcomes = new DiagramSpace<Outcome>();
  private readonly network: Network;
  private readonly known = new Map<string, Outcome>();
  private readonly numbers = new Map<Policy, number>();
  private readonly firstMatch: FirstMatch<Outcome>;

  constructor(network: Network) {
    this.network = network;
    this.firstMatch = new FirstMatch({
      space: this.outcomes,
      decisionOf: ({ decision }) => decision,
      unknown: this.outcome('unknown', { kind: 'unknown' }),
    });
  }

  /** Who decides which packets at an endpoint, in one direction. */
  endpoint(endpoint: Endpoint, direction: Direction, pair: AddressPair): Diagram<Outcome> {
    const tiers = selectTiers(this.network, endpoint, direction, isNormal).map((tier) =>
      this.tierStage(tier, direction, pair),
    );
    const profiles = endpoint.profiles.map((profile): Stage<Outcome> => {
      const rules = this.network.profiles.get(profile)?.rules[direction] ?? [];
      return { rules: this.matched(rules, pair, (index) => ({ kind: 'profile', profile, index })) };
    });
    const nobody = this.outcomes.leaf(this.outcome('deny', { kind: 'no-profile-match' }));
    const outcome = this.firstMatch.decideAll([...tiers, ...profiles], nobody);
    return direction === 'egress' && endpoint.kind === 'pod' ? this.withoutEncapsulation(outcome) : outcome;
  }

  private tierStage(
    { tier, policies, uncertain }: TierPolicies,
    direction: Direction,
    pair: AddressPair,
  ): Stage<Outcome> {
    const inForce = policies.filter((policy) => !policy.staged);
    const rules = inForce.flatMap((policy) => {
      const decider = (index: number): Decider => ({ kind: 'rule', policy, index });
      return this.matched(policy.rules[direction], pair, decider, uncertain.has(policy) ? 'maybe' : true);
    });
    if (tier.defaultAction === 'Pass' || inForce.length === 0) return { rules };
    const outcome = this.outcome('deny', { kind: 'end-of-tier', tier: tier.name });
    return { rules, end: { outcome, isSure: inForce.some((policy) => !uncertain.has(policy)) } };
  }

  /** The rules of a list that (perhaps) match two ends, with what each decides. */
  private matched(
    rules: readonly Rule[],
    pair: AddressPair,
    decider: (index: number) => Decider,
    isSelected: Truth = true,
  ): readonly MatchedRule<Outcome>[] {
    const { network, algebra } = this;
    const { family, source, destination } = pair;
    return rules.flatMap((rule, index): readonly MatchedRule<Outcome>[] => {
      if (rule.action === 'log') return [];
      const truth = both(isSelected, addressesMatch(network, rule, family, source, destination));
      if (truth === false) return [];
      const decides = rule.action === 'pass' ? undefined : this.outcome(rule.action, decider(index));
      const traffic = ruleTraffic(network, algebra, rule, source, destination);
      return [{ traffic, isSure: truth === true, decides }];
    });
  }

  private withoutEncapsulation(outcome: Diagram<Outcome>): Diagram<Outcome> {
    const encapsulated = encapsulatedTraffic(this.algebra);
    const denied = this.outcomes.leaf(this.outcome('deny', { kind: 'encapsulation' }));
    return choose(this.outcomes, encapsulated, denied, outcome);
  }

  /** The same outcome is always the same object. */
  private outcome(decision: Outcome['decision'], by: Decider): Outcome {
    const key = `${decision} ${this.deciderKey(by)}`;
    const outcome = this.known.get(key) ?? { decision, by };
    this.known.set(key, outcome);
    return outcome;
  }

  private deciderKey(by: Decider): string {
    switch (by.kind) {
      case 'rule':
        return `rule ${this.policyNumber(by.policy)} ${by.index}`;
      case 'end-of-tier':
        return `tier ${by.tier}`;
      case 'profile':
        return `profile ${by.profile} ${by.index}`;
      default:
        return by.kind;
    }
  }

  /** A number that stands for a policy in keys. */
  policyNumber(policy: Policy): number {
    const number = this.numbers.get(policy) ?? this.numbers.size;
    this.numbers.set(policy, number);
    return number;
  }
}
