import type { Cluster } from '../../cluster/index/cluster.ts';
import { storedPolicies } from '../../cluster/stored/stored-policy.ts';
import { memo } from '../../lang/memo.ts';
import { compilePolicy, type Provider, type UnusablePolicy } from './compile-policy.ts';

/** The policies of a cluster, ready to judge pods, in byte order of their names. Memoised per cluster. */
export function compiledPolicies(cluster: Cluster): readonly (Provider | UnusablePolicy)[] {
  return memo(cluster, compileAll);
}

function compileAll(cluster: Cluster): readonly (Provider | UnusablePolicy)[] {
  const { minor } = cluster.version.value;
  return storedPolicies(cluster).map((policy) => compilePolicy(policy, minor));
}
