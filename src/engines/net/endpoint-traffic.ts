import { choose, combine } from '../../lang/traffic/combine.ts';
import { DiagramSpace } from '../../lang/traffic/diagram.ts';
import type { Diagram, Leaf } from '../../lang/traffic/diagram.ts';
import { TrafficAlgebra } from '../../lang/traffic/traffic-set.ts';
import { both } from '../../lang/truth.ts';
import type { Truth } from '../../lang/truth.ts';
import { isNormal, selectTiers } from './evaluate-endpoint.ts';
import { addressesMatch } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Direction, Family, Policy, Rule } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import type { AddressEnd } from './packet.ts';
import { ruleTraffic } from './rule-traffic.ts';

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

  constructor(network: Network) {
    this.network = network;
  }

  /** Who decides which packets at an endpoint, in one direction. */
  endpoint(endpoint: Endpoint, direction: Direction, pair: AddressPair): Diagram<Outcome> {
    let rest: Diagram<Outcome> = this.profiles(endpoint, direction, pair);
    for (const { tier, policies, uncertain } of selectTiers(this.network, endpoint, direction, isNormal).toReversed()) {
      const inForce = policies.filter((policy) => !policy.staged);
      const denies = tier.defaultAction === 'Deny' && inForce.length > 0;
      let outcome = denies ? this.leaf('deny', { kind: 'end-of-tier', tier: tier.name }) : rest;
      if (denies && inForce.every((policy) => uncertain.has(policy))) outcome = this.unlessKnown(outcome, rest);
      for (const policy of policies.toReversed()) {
        if (policy.staged) continue;
        const decider = (index: number): Decider => ({ kind: 'rule', policy, index });
        outcome = this.rules(
          policy.rules[direction],
          pair,
          rest,
          outcome,
          decider,
          uncertain.has(policy) ? 'maybe' : true,
        );
      }
      rest = outcome;
    }
    return direction === 'egress' && endpoint.kind === 'pod' ? this.withoutEncapsulation(rest) : rest;
  }

  private profiles(endpoint: Endpoint, direction: Direction, pair: AddressPair): Diagram<Outcome> {
    let rest: Diagram<Outcome> = this.leaf('deny', { kind: 'no-profile-match' });
    for (const profile of endpoint.profiles.toReversed()) {
      const rules = this.network.profiles.get(profile)?.rules[direction] ?? [];
      rest = this.rules(rules, pair, rest, rest, (index) => ({ kind: 'profile', profile, index }));
    }
    return rest;
  }

  /** The outcome of a list of rules: `passed` where one passes, `unmatched` where none decides. */
  private rules(
    rules: readonly Rule[],
    pair: AddressPair,
    passed: Diagram<Outcome>,
    unmatched: Diagram<Outcome>,
    decider: (index: number) => Decider,
    isSelected: Truth = true,
  ): Diagram<Outcome> {
    const { network, algebra } = this;
    const { family, source, destination } = pair;
    let outcome = unmatched;
    for (let index = rules.length - 1; index >= 0; index--) {
      const rule = rules[index];
      if (rule === undefined || rule.action === 'log') continue;
      const truth = both(isSelected, addressesMatch(network, rule, family, source, destination));
      if (truth === false) continue;
      const traffic = ruleTraffic(network, algebra, rule, source, destination);
      const decided = rule.action === 'pass' ? passed : this.leaf(rule.action, decider(index));
      const matched = truth === true ? decided : this.unlessKnown(decided, outcome);
      outcome = choose(this.outcomes, traffic, matched, outcome);
    }
    return outcome;
  }

  /** What is decided the same in two cases of which it is not known which one holds. */
  private unlessKnown(a: Diagram<Outcome>, b: Diagram<Outcome>): Diagram<Outcome> {
    const unknown = this.leaf('unknown', { kind: 'unknown' }).value;
    return combine(this.outcomes, a, b, (one, other) => (one.decision === other.decision ? one : unknown));
  }

  private withoutEncapsulation(outcome: Diagram<Outcome>): Diagram<Outcome> {
    const vxlan = this.algebra.ofPorts([17], 'destination', [{ first: 4789, last: 4789 }]);
    const encapsulated = this.algebra.union(this.algebra.ofProtocols([4]), vxlan);
    return choose(this.outcomes, encapsulated, this.leaf('deny', { kind: 'encapsulation' }), outcome);
  }

  /** The same outcome is always the same leaf. */
  private leaf(decision: Outcome['decision'], by: Decider): Leaf<Outcome> {
    const key = `${decision} ${this.deciderKey(by)}`;
    const outcome = this.known.get(key) ?? { decision, by };
    this.known.set(key, outcome);
    return this.outcomes.leaf(outcome);
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
