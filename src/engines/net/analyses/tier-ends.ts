import { evaluateEndpoint, isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Policy, Tier } from '../form/normal-form.ts';
import { outsideClasses } from '../model/outside-classes.ts';
import type { Endpoint } from '../form/owner.ts';
import { packetEnd } from '../packet/packet-end.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { once } from '../../../lang/once.ts';

/** A tier whose default action decides too much, or leaves traffic that no later tier decides. */
export type TierEnd =
  /** It denies what policies of later tiers, which select some of the same pods, are there to decide. */
  | { readonly kind: 'drops'; readonly tier: Tier; readonly later: readonly Policy[] }
  /** It passes, and no tier with policies comes after it. */
  | { readonly kind: 'passes'; readonly tier: Tier; readonly later: readonly never[] };

/** Pods of which no policy decides what the policies of a tier do not match. */
export interface LeftToProfile {
  readonly tier: Tier;
  readonly direction: Direction;
  /** The last of the tier's policies for those pods. */
  readonly policy: Policy;
  readonly endpoints: readonly Endpoint[];
}

/** Questions about the ends of tiers. */
export interface TierEnds {
  /** Whether no other policy of its tier is about a direction of an endpoint. */
  isAlone(policy: Policy, endpoint: Endpoint, direction: Direction): boolean;
  /** Whether a policy of a later tier is, or may be, about a direction of an endpoint. */
  hasLaterTier(policy: Policy, endpoint: Endpoint, direction: Direction): boolean;
  /** Pods whose last tier, not the last of all, passes what its policies do not match: the profile of their namespace allows it. */
  readonly leftToProfiles: readonly LeftToProfile[];
  /** Tiers whose end is not as it should be, in order. */
  readonly tierEnds: readonly TierEnd[];
}

type Tiers = readonly TierPolicies[];

const directions: readonly Direction[] = ['ingress', 'egress'];

/** Answers from the tiers of every endpoint. */
export function tierEnds(network: Network): TierEnds {
  const known = { ingress: new Map<Endpoint, Tiers>(), egress: new Map<Endpoint, Tiers>() };
  const tiersOf = (endpoint: Endpoint, direction: Direction): Tiers => {
    let tiers = known[direction].get(endpoint);
    if (tiers === undefined) {
      tiers = selectTiers(network, endpoint, direction, (policy) => isNormal(policy) && !policy.staged);
      known[direction].set(endpoint, tiers);
    }
    return tiers;
  };
  const ends = once(() => findEnds(network, tiersOf));
  const left = once(() => findLeft(network, tiersOf));
  return {
    get leftToProfiles() {
      return left();
    },
    isAlone: (policy, endpoint, direction) =>
      tiersOf(endpoint, direction).some(
        ({ tier, policies }) => tier.name === policy.tier && policies.length === 1 && policies[0] === policy,
      ),
    hasLaterTier: (policy, endpoint, direction) => {
      const tiers = tiersOf(endpoint, direction);
      return tiers.findIndex(({ tier }) => tier.name === policy.tier) < tiers.length - 1;
    },
    get tierEnds() {
      return ends();
    },
  };
}

function findEnds(network: Network, tiersOf: (endpoint: Endpoint, direction: Direction) => Tiers): readonly TierEnd[] {
  const dropped = new Map<Tier, Set<Policy>>();
  for (const endpoint of network.tiers.length < 2 ? [] : network.pods) {
    for (const direction of directions) {
      const tiers = tiersOf(endpoint, direction);
      for (const [place, each] of tiers.entries()) {
        if (!isFinal(each, direction)) continue;
        const later = dropped.get(each.tier) ?? new Set<Policy>();
        for (const { policies } of tiers.slice(place + 1)) for (const policy of policies) later.add(policy);
        if (later.size > 0) dropped.set(each.tier, later);
        break;
      }
    }
  }
  const last = network.tiers.findLast(({ policies }) => policies.some(({ staged }) => !staged));
  return network.tiers.flatMap((tier): readonly TierEnd[] => {
    const later = dropped.get(tier);
    if (later !== undefined) return [{ kind: 'drops', tier, later: [...later] }];
    return tier === last && tier.defaultAction === 'Pass' ? [{ kind: 'passes', tier, later: [] }] : [];
  });
}

function findLeft(
  network: Network,
  tiersOf: (endpoint: Endpoint, direction: Direction) => Tiers,
): readonly LeftToProfile[] {
  const final = network.tiers.findLast(({ policies }) => policies.some(({ staged }) => !staged));
  const found = new Map<string, LeftToProfile & { readonly endpoints: Endpoint[] }>();
  for (const endpoint of network.pods) {
    for (const direction of directions) {
      const last = tiersOf(endpoint, direction).at(-1);
      const policy = last?.policies.at(-1);
      if (last === undefined || policy === undefined || last.tier.name === final?.name) continue;
      if (last.tier.defaultAction !== 'Pass' || !isLeft(network, endpoint, direction)) continue;
      const key = JSON.stringify([direction, policy.kind, policy.namespace, policy.name]);
      const known = found.get(key) ?? { tier: last.tier, direction, policy, endpoints: [] };
      found.set(key, known);
      known.endpoints.push(endpoint);
    }
  }
  return [...found.values()];
}

/** Whether a packet that hardly any rule asks for is left to the profiles of a pod, which allow it. */
function isLeft(network: Network, endpoint: Endpoint, direction: Direction): boolean {
  const own = { address: undefined, owners: [endpoint], port: 65000 };
  return outsideClasses(network, 4).some(({ ranges: [range] }) => {
    if (range === undefined) return false;
    const other = packetEnd(network, range.first, 65000);
    const [source, destination] = direction === 'egress' ? [own, other] : [other, own];
    const { decision, steps } = evaluateEndpoint(network, endpoint, direction, {
      family: 4,
      protocol: 6,
      source,
      destination,
    });
    return decision === 'allow' && steps.at(-1)?.kind === 'profile';
  });
}

/** Whether a tier leaves nothing of an endpoint's packets to the tiers after it. */
function isFinal({ tier, policies, uncertain }: TierPolicies, direction: Direction): boolean {
  return (
    tier.defaultAction === 'Deny' &&
    policies.some((policy) => !uncertain.has(policy)) &&
    policies.every((policy) => policy.rules[direction].every(({ action }) => action !== 'pass'))
  );
}
