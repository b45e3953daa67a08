import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { OwnSides } from './own-sides.ts';
import type { Peers } from './peers.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { StandingRules } from './standing-rules.ts';
import type { StandingRule } from './standing-rules.ts';

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
