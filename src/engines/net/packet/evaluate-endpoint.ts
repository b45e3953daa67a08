import type { Network } from '../model/network.ts';
import type { Direction, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { PolicyWalk } from './policy-walk.ts';
import type { WalkStep } from './policy-walk.ts';

export type { WalkStep } from './policy-walk.ts';

/**
 * What an endpoint's policies say; `continue` when none of them decided (only stages before the last leave it so), `unknown` when
 * it depends on what is not known.
 */
export interface EndpointVerdict {
  readonly decision: 'allow' | 'deny' | 'continue' | 'unknown';
  readonly steps: readonly WalkStep[];
}

/** The tiers of an endpoint: those with at least one policy that (perhaps) selects it, governs the direction and is `wanted`. */
export function selectTiers(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  wanted: (policy: Policy) => boolean,
): readonly TierPolicies[] {
  const selecting = network.policies.selecting(endpoint);
  if (wanted !== isNormal) return narrowed(selecting, direction, wanted);
  const known = normal[direction].get(selecting);
  if (known !== undefined) return known;
  const tiers = narrowed(selecting, direction, wanted);
  normal[direction].set(selecting, tiers);
  return tiers;
}

/** What is asked most, and for the same lists again and again. */
const normal: Readonly<Record<Direction, WeakMap<readonly TierPolicies[], readonly TierPolicies[]>>> = {
  ingress: new WeakMap(),
  egress: new WeakMap(),
};

function narrowed(
  tiers: readonly TierPolicies[],
  direction: Direction,
  wanted: (policy: Policy) => boolean,
): readonly TierPolicies[] {
  return tiers.flatMap(({ tier, policies, uncertain }) => {
    const kept = policies.filter((policy) => policy.governs[direction] && wanted(policy));
    return kept.length === 0 ? [] : [{ tier, policies: kept, uncertain }];
  });
}

/** Whether a policy acts on the ordinary traffic of an endpoint: all that a pod ever has. */
export function isNormal(policy: Policy): boolean {
  return policy.stage === 'normal';
}

/** Walks through tiers alone, for the stages of a host endpoint that end without profiles. */
export function walkTiers(
  network: Network,
  tiers: readonly TierPolicies[],
  direction: Direction,
  packet: Packet,
  stage: { readonly endOfTier: boolean },
): EndpointVerdict {
  const walk = new PolicyWalk(network, direction, packet);
  const isDecided = walk.tiers(tiers, stage.endOfTier);
  return { decision: isDecided || walk.possible.size > 0 ? walk.decision(isDecided) : 'continue', steps: walk.steps };
}

/** Walks through the tiers of a pod, or of a host endpoint's own traffic, and then its profiles. */
export function evaluateEndpoint(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  packet: Packet,
): EndpointVerdict {
  const walk = new PolicyWalk(network, direction, packet);
  const tiers = selectTiers(network, endpoint, direction, isNormal);
  if (!walk.tiers(tiers, true)) walk.profiles(endpoint.profiles);
  return { decision: walk.decision(true), steps: walk.steps };
}
