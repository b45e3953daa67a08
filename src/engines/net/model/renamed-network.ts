import { compareBytes } from '../../../lang/byte-order.ts';
import type { Network } from './network.ts';
import type { Policy } from '../form/normal-form.ts';
import { policyKey } from './order-policies.ts';
import { withPolicies } from './replaced-policies.ts';

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
  return withPolicies(network, new Map([[policy, moved]]));
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
