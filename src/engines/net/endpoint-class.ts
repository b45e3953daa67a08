import { isNormal, selectTiers } from './evaluate-endpoint.ts';
import { addressMatches } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Direction, Family, PeerMatch, Policy, Rule } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import type { Peers } from './peers.ts';
import type { TierPolicies } from './policy-index.ts';
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

/** Groups the pods of a network that have an address of a family into classes of one direction. Pods without policies are left out. */
export function endpointClasses(
  network: Network,
  family: Family,
  peers: Peers,
  direction: Direction,
): readonly EndpointClass[] {
  const numbers = new Map<Policy, number>();
  for (const { policies } of network.tiers) for (const policy of policies) numbers.set(policy, numbers.size);
  const classes = new Map<string, EndpointClass & { readonly members: Endpoint[] }>();
  for (const [number, { pod, end }] of peers.all.entries()) {
    if (pod === undefined) continue;
    const tiers = selectTiers(network, pod, direction, isNormal);
    if (tiers.length === 0) continue;
    const rules: StandingRule[] = [];
    let isNamed = false;
    let key = '';
    for (const [tier, { policies, uncertain }] of tiers.entries()) {
      for (const policy of policies) {
        key += ` ${numbers.get(policy) ?? 0}${uncertain.has(policy) ? '?' : ''}:`;
        if (policy.staged) continue;
        for (const rule of policy.rules[direction]) {
          const [own] = rulesEnds(rule, direction);
          const isOwn = both(!uncertain.has(policy) || 'maybe', addressMatches(network, own, end, family));
          key += isOwn === true ? '+' : isOwn === false ? '-' : '?';
          if (isOwn !== false) rules.push({ rule, policy, tier, isOwn });
          isNamed ||= asksForNames(own);
        }
      }
    }
    // What ports are called, and what Services they serve, only matters where a rule asks for it.
    if (isNamed) key += JSON.stringify([pod.ports, number]);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { direction, members: [pod], peer: number, tiers, rules });
    else known.members.push(pod);
  }
  return [...classes.values()];
}

/** A rule's own end and the other one, as seen from the endpoint that it protects. */
export function rulesEnds(rule: Rule, direction: Direction): readonly [own: PeerMatch, other: PeerMatch] {
  return direction === 'egress' ? [rule.source, rule.destination] : [rule.destination, rule.source];
}

/** Whether which packets an end matches depends on more than the address: on names of ports, or on a Service. */
export function asksForNames({ ports, notPorts, service }: PeerMatch): boolean {
  return (ports?.names.length ?? 0) + (notPorts?.names.length ?? 0) > 0 || service?.ports === true;
}
