import { asksForNames, isPlainAllow, isSameForAll } from '../criteria/criteria.ts';
import { addressMatches } from '../packet/match-rule.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { portsKey } from './ports-key.ts';
import { rulesEnds } from './rule-ends.ts';

/** Tells endpoints apart by what the policies of one direction see of them: the own ends of their packets. */
export class OwnSides {
  private readonly network: Network;
  private readonly family: Family;
  private readonly direction: Direction;
  private readonly numbers = new Map<Policy, number>();
  private readonly blind = new Map<Policy, boolean>();
  private readonly endpoints = new Map<Endpoint, number>();

  constructor(network: Network, family: Family, direction: Direction) {
    this.network = network;
    this.family = family;
    this.direction = direction;
    for (const { policies } of network.tiers) {
      for (const policy of policies) this.numbers.set(policy, this.numbers.size);
    }
  }

  /** Equal for endpoints that have these tiers and that no rule of them tells apart. */
  key(tiers: readonly TierPolicies[], end: AddressEnd): string {
    let key = '';
    for (const { policies, uncertain } of tiers) {
      for (const policy of policies) {
        key += ` ${this.numbers.get(policy) ?? 0}${uncertain.has(policy) ? '?' : ''}`;
        if (!policy.staged && !this.isBlind(policy)) key += this.seen(policy, end);
      }
    }
    return key;
  }

  /** The same, where the rules of the endpoint's profiles count too. */
  keyWithProfiles(endpoint: Endpoint, tiers: readonly TierPolicies[], end: AddressEnd): string {
    const key = this.key(tiers, end);
    const rules = endpoint.profiles.flatMap((name) => this.network.profiles.get(name)?.rules[this.direction] ?? []);
    // Profiles of namespaces all say the same; others are rare.
    if (rules.every(isPlainAllow)) return rules.length === 0 ? key : `${key}|+`;
    const number = this.endpoints.get(endpoint) ?? this.endpoints.size;
    this.endpoints.set(endpoint, number);
    return `${key}|${number}`;
  }

  /** Whether the rules of a policy are the same for whatever endpoints it selects. */
  isBlind(policy: Policy): boolean {
    let answer = this.blind.get(policy);
    if (answer === undefined) {
      answer = policy.rules[this.direction].every((rule) => {
        const [own] = rulesEnds(rule, this.direction);
        return isSameForAll(own);
      });
      this.blind.set(policy, answer);
    }
    return answer;
  }

  private seen(policy: Policy, end: AddressEnd): string {
    let key = ':';
    for (const rule of policy.rules[this.direction]) {
      const [own] = rulesEnds(rule, this.direction);
      const truth = addressMatches(this.network, own, end, this.family);
      key += truth === true ? '+' : truth === false ? '-' : '?';
      if (truth !== false && asksForNames(own)) key += `${portsKey(this.network, rule, own, end)};`;
    }
    return key;
  }
}
