import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { addressMatches } from '../packet/match-rule.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { OwnSides } from './own-sides.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { Peers } from './peers.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { rulesEnds } from './rule-ends.ts';
import { both } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';

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
  const sides = new OwnSides(network, family, direction);
  const standing = new StandingRules(network, family, direction, sides);
  const classes = new Map<string, EndpointClass & { readonly members: Endpoint[] }>();
  for (const [number, { pod, end }] of peers.all.entries()) {
    if (pod === undefined) continue;
    const tiers = selectTiers(network, pod, direction, isNormal);
    if (!tiers.some(({ policies }) => policies.some(isWanted))) continue;
    const key = sides.key(tiers, end);
    const found = classes.get(key);
    if (found !== undefined) found.members.push(pod);
    else classes.set(key, { direction, members: [pod], peer: number, tiers, rules: standing.of(tiers, end) });
  }
  return [...classes.values()];
}

/** The rules of one direction as they stand before endpoints; what is the same for all endpoints is made once. */
class StandingRules {
  private readonly network: Network;
  private readonly family: Family;
  private readonly direction: Direction;
  private readonly sides: OwnSides;
  /** Of policies that see nothing of the endpoints that they select, by tier. */
  private readonly shared = new Map<Policy, Map<number, readonly StandingRule[]>>();

  constructor(network: Network, family: Family, direction: Direction, sides: OwnSides) {
    this.network = network;
    this.family = family;
    this.direction = direction;
    this.sides = sides;
  }

  /** The rules of policies in force, in order of evaluation. */
  of(tiers: readonly TierPolicies[], end: AddressEnd): readonly StandingRule[] {
    return tiers.flatMap(({ policies, uncertain }, tier) =>
      policies.flatMap((policy) => {
        if (policy.staged) return [];
        if (uncertain.has(policy) || !this.sides.isBlind(policy)) {
          return this.ofPolicy(policy, tier, end, !uncertain.has(policy) || 'maybe');
        }
        const byTier = this.shared.get(policy) ?? new Map<number, readonly StandingRule[]>();
        this.shared.set(policy, byTier);
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
}
