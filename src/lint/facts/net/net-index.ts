import { groupBy } from '../../../lang/group-by.ts';
import type { ClusterNetwork, NetworkProblem } from '../../../engines/net/model/network-of.ts';
import type { Policy, Tier } from '../../../engines/net/form/normal-form.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { once } from '../once.ts';

interface Subjects {
  readonly sure: Endpoint[];
  readonly possible: Endpoint[];
}

/** What is looked up again and again about a network, indexed. */
export interface NetIndex {
  readonly policies: readonly Policy[];
  readonly problems: ReadonlyMap<ManifestObject, readonly NetworkProblem[]>;
  readonly policiesOf: ReadonlyMap<ManifestObject, readonly Policy[]>;
  readonly subjects: ReadonlyMap<Policy, Subjects>;
  tierOf(policy: Policy): Tier;
}

/** Indexes a network by objects and by policies. */
export function netIndex({ network, problems }: ClusterNetwork): NetIndex {
  const tierOf = new Map(network.tiers.flatMap((tier) => tier.policies.map((policy) => [policy, tier] as const)));
  const policies = [...tierOf.keys()];
  const policiesOf = new Map<ManifestObject, Policy[]>();
  for (const policy of policies) {
    const { manifest } = policy.origin.object;
    if (manifest === undefined) continue;
    const others = policiesOf.get(manifest);
    if (others === undefined) policiesOf.set(manifest, [policy]);
    else others.push(policy);
  }
  const subjects = once(() => {
    const found = new Map<Policy, Subjects>();
    for (const endpoint of [...network.pods, ...network.hosts]) {
      for (const { policies: selecting, uncertain } of network.policies.selecting(endpoint)) {
        for (const policy of selecting) {
          const selected = found.get(policy) ?? { sure: [], possible: [] };
          found.set(policy, selected);
          (uncertain.has(policy) ? selected.possible : selected.sure).push(endpoint);
        }
      }
    }
    return found;
  });
  return {
    policies,
    problems: groupBy(problems, ({ object }) => object),
    policiesOf,
    get subjects() {
      return subjects();
    },
    tierOf: (policy) => {
      const tier = tierOf.get(policy);
      if (tier === undefined) throw new Error('a policy of another cluster');
      return tier;
    },
  };
}
