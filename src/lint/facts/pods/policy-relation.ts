import type { Cluster } from '../../../cluster/index/cluster.ts';
import { comparePolicies, type PolicyRelation } from '../../../engines/psp/compare/compare-policies.ts';
import { compiledPolicies } from '../../../engines/psp/policy-index.ts';

export type { PolicyRelation };

/** A memoised comparison of the cluster's policies by name; a policy that the server would not store is comparable to none. */
export function comparer(cluster: Cluster): (policy: string, other: string) => PolicyRelation {
  const policies = new Map(compiledPolicies(cluster).map((policy) => [policy.name, policy]));
  const known = new Map<string, PolicyRelation>();
  return (policy, other) => {
    const key = `${policy}\n${other}`;
    let relation = known.get(key);
    if (relation === undefined) {
      const [first, second] = [policies.get(policy), policies.get(other)];
      const comparable = first !== undefined && second !== undefined;
      relation = comparable ? comparePolicies(first, second) : 'incomparable';
      known.set(key, relation);
    }
    return relation;
  };
}
