import { compareBytes } from '../../lang/byte-order.ts';
import type { Network } from './network.ts';
import type { Policy, Tier } from './normal-form.ts';
import { policyKey, sortPolicies } from './order-policies.ts';
import type { TierPolicies } from './policy-index.ts';
import type { Endpoint } from './owner.ts';

/** A name for a policy's object under which the policy comes after another one of the same order; undefined if there is none at hand. */
export function nameBehind(policy: Policy, other: Policy): string | undefined {
  const { name } = policy.origin.object;
  for (const prefix of ['z-', 'zz-', 'zzz-']) {
    const moved = `${prefix}${bareName(policy, name)}`;
    const renamedPolicy = { ...policy, name: fullName(policy, moved) };
    if (compareBytes(policyKey(renamedPolicy), policyKey(other)) > 0) return `${tierPrefix(policy, name)}${moved}`;
  }
  return undefined;
}

/** The network as it would be if the object of one policy had another name. */
export function renamed(network: Network, policy: Policy, name: string): Network {
  const moved: Policy = { ...policy, name: fullName(policy, bareName(policy, name)) };
  const replace = (policies: readonly Policy[]): readonly Policy[] =>
    sortPolicies(policies.map((each) => (each === policy ? moved : each)));
  const known = new WeakMap<Endpoint, readonly TierPolicies[]>();
  const tierOf = (tier: Tier): Tier =>
    tier.name === policy.tier ? { ...tier, policies: replace(tier.policies) } : tier;
  const selecting = (endpoint: Endpoint): readonly TierPolicies[] =>
    network.policies.selecting(endpoint).map((each) => {
      if (!each.policies.includes(policy)) return each;
      const uncertain = new Set([...each.uncertain].map((one) => (one === policy ? moved : one)));
      return { tier: each.tier, policies: replace(each.policies), uncertain };
    });
  return {
    ...network,
    tiers: network.tiers.map(tierOf),
    policies: {
      selecting: (endpoint) => {
        let answer = known.get(endpoint);
        if (answer === undefined) known.set(endpoint, (answer = selecting(endpoint)));
        return answer;
      },
    },
  };
}

/** Names of policies may have to begin with their tier. */
function tierPrefix({ tier }: Policy, name: string): string {
  return name.startsWith(`${tier}.`) ? `${tier}.` : '';
}

function bareName(policy: Policy, name: string): string {
  return name.slice(tierPrefix(policy, name).length);
}

/** The name that the policy is sorted by: its kind may put something before the object's. */
function fullName(policy: Policy, bare: string): string {
  const { name } = policy.origin.object;
  const own = bareName(policy, name);
  return `${policy.name.slice(0, policy.name.length - own.length)}${bare}`;
}
