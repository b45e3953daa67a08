import { isNormal, selectTiers } from './evaluate-endpoint.ts';
import { addressMatches } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Direction, Family, PeerMatch, Policy, Rule } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import type { AddressEnd } from './packet.ts';
import type { Peers } from './peers.ts';
import type { TierPolicies } from './policy-index.ts';
import { portsKey } from './ports-key.ts';
import { both } from '../../lang/truth.ts';
import type { Truth } from '../../lang/truth.ts';

/** A rule as it stands in the way of an endpoint's packets. */
export interface StandingRule {
  readonly rule: Rule;
  readonly policy: Policy;
  /** The number of its tier among those of the class. */
  readonly tier: number;
  /** Whether its policy selects the endpoint and the endpoint is its own end; never `false`. */
  readonly isOwn: Truth;
}

/** Pods that the policies of one direction cannot tell apart on their own side. */
export interface EndpointClass {
  readonly direction: Direction;
  readonly members: readonly Endpoint[];
  /** The number among `peers.all` of the member that stands for all. */
  readonly peer: number;
  readonly tiers: readonly TierPolicies[];
  /** The rules of policies in force, in order of evaluation. */
  readonly rules: readonly StandingRule[];
}

const known = new WeakMap<Peers, Map<Direction, readonly EndpointClass[]>>();

/** The classes of all pods that have policies for a direction, made once for all analyses of a network. */
export function sharedClasses(
  network: Network,
  family: Family,
  peers: Peers,
  direction: Direction,
): readonly EndpointClass[] {
  const byDirection = known.get(peers) ?? new Map<Direction, readonly EndpointClass[]>();
  known.set(peers, byDirection);
  const classes = byDirection.get(direction) ?? endpointClasses(network, family, peers, direction);
  byDirection.set(direction, classes);
  return classes;
}

/** Groups the pods of a network that have an address of a family into classes of one direction. Pods without wanted policies are left out. */
export function endpointClasses(
  network: Network,
  family: Family,
  peers: Peers,
  direction: Direction,
  isWanted: (policy: Policy) => boolean = () => true,
): readonly EndpointClass[] {
  const stand = new StandingRules(network, family, direction);
  const classes = new Map<string, EndpointClass & { readonly members: Endpoint[] }>();
  for (const [number, { pod, end }] of peers.all.entries()) {
    if (pod === undefined) continue;
    const tiers = selectTiers(network, pod, direction, isNormal);
    if (!tiers.some(({ policies }) => policies.some(isWanted))) continue;
    const key = stand.key(tiers, end);
    const found = classes.get(key);
    if (found !== undefined) found.members.push(pod);
    else classes.set(key, { direction, members: [pod], peer: number, tiers, rules: stand.rules(tiers, end) });
  }
  return [...classes.values()];
}

/** The rules of one direction as they stand before endpoints; what is the same for all endpoints is made once. */
class StandingRules {
  private readonly network: Network;
  private readonly family: Family;
  private readonly direction: Direction;
  private readonly numbers = new Map<Policy, number>();
  /** Of policies that look at nothing of their own endpoints but whether they select them, by tier. */
  private readonly plain = new Map<Policy, Map<number, readonly StandingRule[]>>();
  private readonly isPlain = new Map<Policy, boolean>();

  constructor(network: Network, family: Family, direction: Direction) {
    this.network = network;
    this.family = family;
    this.direction = direction;
    for (const { policies } of network.tiers)
      for (const policy of policies) this.numbers.set(policy, this.numbers.size);
  }

  /** Equal for endpoints that no rule tells apart on their own side. */
  key(tiers: readonly TierPolicies[], end: AddressEnd): string {
    let key = '';
    for (const { policies, uncertain } of tiers) {
      for (const policy of policies) {
        key += ` ${this.numbers.get(policy) ?? 0}${uncertain.has(policy) ? '?' : ''}`;
        if (policy.staged || this.looksAtNothing(policy)) continue;
        key += ':';
        for (const rule of policy.rules[this.direction]) {
          const [own] = rulesEnds(rule, this.direction);
          const truth = addressMatches(this.network, own, end, this.family);
          key += truth === true ? '+' : truth === false ? '-' : '?';
          if (truth !== false && asksForNames(own)) key += `${portsKey(this.network, rule, own, end)};`;
        }
      }
    }
    return key;
  }

  /** The rules of policies in force, in order of evaluation. */
  rules(tiers: readonly TierPolicies[], end: AddressEnd): readonly StandingRule[] {
    return tiers.flatMap(({ policies, uncertain }, tier) =>
      policies.flatMap((policy) => {
        if (policy.staged) return [];
        if (uncertain.has(policy) || !this.looksAtNothing(policy)) {
          return this.ofPolicy(policy, tier, end, !uncertain.has(policy) || 'maybe');
        }
        const byTier = this.plain.get(policy) ?? new Map<number, readonly StandingRule[]>();
        this.plain.set(policy, byTier);
        const rules = byTier.get(tier) ?? this.ofPolicy(policy, tier, end, true);
        byTier.set(tier, rules);
        return rules;
      }),
    );
  }

  private ofPolicy(policy: Policy, tier: number, end: AddressEnd, isSelected: Truth): readonly StandingRule[] {
    return policy.rules[this.direction].flatMap((rule): StandingRule[] => {
      const [own] = rulesEnds(rule, this.direction);
      const isOwn = both(isSelected, addressMatches(this.network, own, end, this.family));
      return isOwn === false ? [] : [{ rule, policy, tier, isOwn }];
    });
  }

  private looksAtNothing(policy: Policy): boolean {
    let answer = this.isPlain.get(policy);
    if (answer === undefined) {
      answer = policy.rules[this.direction].every((rule) => {
        const [own] = rulesEnds(rule, this.direction);
        return !looksAtAddress(own) && !asksForNames(own);
      });
      this.isPlain.set(policy, answer);
    }
    return answer;
  }
}

function looksAtAddress({ selector, notSelector, nets, notNets, service }: PeerMatch): boolean {
  return [selector, notSelector, nets, notNets, service].some((each) => each !== undefined);
}

/** A rule's own end and the other one, as seen from the endpoint that it protects. */
export function rulesEnds(rule: Rule, direction: Direction): readonly [own: PeerMatch, other: PeerMatch] {
  return direction === 'egress' ? [rule.source, rule.destination] : [rule.destination, rule.source];
}

/** Whether which packets an end matches depends on more than the address: on names of ports, or on a Service. */
export function asksForNames({ ports, notPorts, service }: PeerMatch): boolean {
  return (ports?.names.length ?? 0) + (notPorts?.names.length ?? 0) > 0 || service?.ports === true;
}
