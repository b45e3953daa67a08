import { isUnconditional } from '../criteria/criteria.ts';
import type { Direction, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Network } from '../model/network.ts';
import { policiesOf } from '../model/policies.ts';
import { selectTiers, isNormal } from '../packet/evaluate-endpoint.ts';

/** A policy that only allows, where everything else is allowed as well. */
export interface VoidAllow {
  readonly direction: Direction;
  /** What allows the rest: a policy, or nothing where no policy is left. */
  readonly by: Policy | undefined;
}

/**
 * The directions in which a policy with Allow rules alone changes nothing: what it does not allow is passed on by its tier, and allowed by
 * a later one or by the profile, for all its pods.
 */
export function voidAllows(network: Network, policy: Policy): readonly VoidAllow[] {
  if (policy.staged || policy.stage !== 'normal' || policy.unsettled !== undefined) return [];
  const { sure, possible } = policiesOf(network).subjects(policy);
  const pods = sure.filter(({ kind }) => kind === 'pod');
  if (pods.length === 0 || pods.length < sure.length || possible.length > 0) return [];
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rules = policy.rules[direction];
    if (!policy.governs[direction] || rules.length === 0) return [];
    if (rules.some((rule) => rule.action !== 'allow' || isUnconditional(rule))) return [];
    const ends = pods.map((pod) => opener(network, policy, pod, direction));
    const [first] = ends;
    return first === undefined || ends.includes(undefined) ? [] : [{ direction, by: first.by }];
  });
}

/** What allows everything that a policy leaves to others, at one pod; undefined where something may be denied. */
function opener(
  network: Network,
  policy: Policy,
  pod: Endpoint,
  direction: Direction,
): { readonly by: Policy | undefined } | undefined {
  const tiers = selectTiers(network, pod, direction, isNormal);
  const own = tiers.findIndex(({ policies }) => policies.includes(policy));
  for (const { tier, policies, uncertain } of tiers.slice(own)) {
    const others = policies.filter((other) => other !== policy && !other.staged);
    if (others.some((other) => uncertain.has(other))) return undefined;
    let passes = tier.defaultAction === 'Pass';
    for (const other of others) {
      const decisive = other.rules[direction].find((rule) => rule.action === 'deny' || isUnconditional(rule));
      if (decisive === undefined || decisive.action === 'log') continue;
      if (decisive.action === 'deny') return undefined;
      // Beside a policy of the same tier that allows everything, others only say what is known to be needed.
      if (decisive.action === 'allow') return tier === tiers[own]?.tier ? undefined : { by: other };
      passes = true;
      break;
    }
    const isIn = others.length > 0 || tier === tiers[own]?.tier;
    if (isIn && !passes) return undefined;
  }
  return { by: undefined };
}
