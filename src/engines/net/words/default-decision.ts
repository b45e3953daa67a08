import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { isUnconditional } from '../criteria/criteria.ts';
import type { FlowDecision } from '../form/packet.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';

/** What becomes of packets that no rule with a condition matches. */
export interface DefaultDecision {
  readonly decision: FlowDecision;
  /** The policies that say so, or that select the endpoint where a tier ends in denying; none where it is left to profiles. */
  readonly by: readonly Policy[];
}

/**
 * Decides what an endpoint's policies do by default in one direction: the first rule without any condition, or the end of a tier. Follows
 * the walk of `evaluateEndpoint` for a packet that only such rules match.
 */
export function defaultDecision(network: Network, endpoint: Endpoint, direction: Direction): DefaultDecision {
  for (const { tier, policies, uncertain } of selectTiers(network, endpoint, direction, isNormal)) {
    const inForce = policies.filter(({ staged }) => !staged);
    const deciding = inForce.flatMap((policy) => {
      const rule = policy.rules[direction].find((each) => each.action !== 'log' && isUnconditional(each));
      return rule === undefined ? [] : [{ policy, rule }];
    });
    const [first] = deciding;
    if (first !== undefined) {
      if (uncertain.has(first.policy)) return { decision: 'unknown', by: [first.policy] };
      if (first.rule.action === 'pass') continue;
      return { decision: first.rule.action === 'allow' ? 'allow' : 'deny', by: [first.policy] };
    }
    if (inForce.length === 0 || tier.defaultAction !== 'Deny') continue;
    const certain = inForce.filter((policy) => !uncertain.has(policy));
    return certain.length === 0 ? { decision: 'unknown', by: inForce } : { decision: 'deny', by: certain };
  }
  const rules = endpoint.profiles.flatMap((name) => network.profiles.get(name)?.rules[direction] ?? []);
  const rule = rules.find((each) => each.action !== 'log' && isUnconditional(each));
  return { decision: rule?.action === 'allow' ? 'allow' : 'deny', by: [] };
}
