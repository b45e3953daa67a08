import type { Cluster } from '../../cluster/index/cluster.ts';
import { storedPolicies } from '../../cluster/stored/stored-policy.ts';
import { compilePolicy, type Provider, type UnusablePolicy } from './compile-policy.ts';

const known = new WeakMap<Cluster, readonly (Provider | UnusablePolicy)[]>();

/** The policies of a cluster, ready to judge pods, in byte order of their names. Memoised per cluster. */
export function compiledPolicies(cluster: Cluster): readonly (Provider | UnusablePolicy)[] {
  let policies = known.get(cluster);
  if (policies === undefined) {
    const { minor } = cluster.version.value;
    policies = storedPolicies(cluster).policies.map((policy) => compilePolicy(policy, minor));
    known.set(cluster, policies);
  }
  return policies;
}
