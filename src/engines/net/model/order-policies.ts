import { compareBytes } from '../../../lang/byte-order.ts';
import type { Policy, Tier } from '../form/normal-form.ts';

/**
 * The policies of a tier in the order in which they are evaluated: by `order`, then by the bytes of `name/namespace/kind`. Mirrors
 * felix/calc/policy_sorter.go PolKVLess, v3.32.
 */
export function sortPolicies(policies: readonly Policy[]): readonly Policy[] {
  const keyed = policies.map((policy) => ({ policy, key: policyKey(policy) }));
  keyed.sort((a, b) =>
    a.policy.order === b.policy.order ? compareBytes(a.key, b.key) : a.policy.order - b.policy.order,
  );
  return keyed.map(({ policy }) => policy);
}

/** What decides between policies of the same order, by its bytes. */
export function policyKey({ name, namespace, kind }: Policy): string {
  return `${name}/${namespace}/${kind}`;
}

/** The tiers in the order in which they are evaluated: by `order`, then by name. Mirrors TierLess of the same file. */
export function sortTiers(tiers: readonly Tier[]): readonly Tier[] {
  return [...tiers].sort((a, b) => (a.order === b.order ? compareBytes(a.name, b.name) : a.order - b.order));
}
