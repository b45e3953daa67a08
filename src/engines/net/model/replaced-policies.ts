import type { Network } from './network.ts';
import type { Policy, Tier } from '../form/normal-form.ts';
import { sortPolicies } from './order-policies.ts';
import type { Endpoint } from '../form/owner.ts';
import type { TierPolicies } from './policy-index.ts';

/** The network as it would be with other policies in place of some, or with none; each new one selects what the old one does. */
export function withPolicies(network: Network, changes: ReadonlyMap<Policy, Policy | undefined>): Network {
  const replace = (policies: readonly Policy[]): readonly Policy[] =>
    sortPolicies(policies.flatMap((policy) => (changes.has(policy) ? (changes.get(policy) ?? []) : [policy])));
  const known = new WeakMap<Endpoint, readonly TierPolicies[]>();
  const selecting = (endpoint: Endpoint): readonly TierPolicies[] =>
    network.policies.selecting(endpoint).flatMap((each) => {
      if (!each.policies.some((policy) => changes.has(policy))) return [each];
      const policies = replace(each.policies);
      const uncertain = new Set(
        [...each.uncertain].flatMap((one) => (changes.has(one) ? (changes.get(one) ?? []) : [one])),
      );
      return policies.length === 0 ? [] : [{ tier: each.tier, policies, uncertain }];
    });
  return {
    ...network,
    tiers: network.tiers.flatMap((tier): Tier[] => {
      if (!tier.policies.some((policy) => changes.has(policy))) return [tier];
      const policies = replace(tier.policies);
      return policies.length === 0 ? [] : [{ ...tier, policies }];
    }),
    policies: {
      selecting: (endpoint) => {
        let answer = known.get(endpoint);
        if (answer === undefined) known.set(endpoint, (answer = selecting(endpoint)));
        return answer;
      },
    },
  };
}
