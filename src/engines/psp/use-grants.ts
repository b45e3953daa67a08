import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { rbacObjects } from '../../cluster/stored/rbac-objects.ts';
import { type Grant, grantsOf } from '../rbac/grants.ts';
import { allowsUse } from './policy-use.ts';

/** A binding that lets its subjects `use` PodSecurityPolicies, by one rule of its role. */
export interface UseGrant {
  readonly grant: Grant;
  readonly rule: RoleRule;
  /** Where it holds; '' is everywhere. */
  readonly namespace: string;
  /** The policies it names; undefined is all of them. */
  readonly names: readonly string[] | undefined;
}

/** Every grant of `use` in the cluster, bootstrap ones included, cluster-wide ones first. */
export function useGrants(cluster: Cluster): readonly UseGrant[] {
  const all = grantsOf(cluster);
  const namespaces = new Set(rbacObjects(cluster).bindings.map(({ namespace }) => namespace));
  namespaces.delete('');
  const found: UseGrant[] = [];
  const collect = (grants: readonly Grant[], namespace: string) => {
    for (const grant of grants) {
      for (const rule of grant.rules) {
        if (!allowsUse(rule.rule)) continue;
        const { resourceNames = [] } = rule.rule;
        found.push({ grant, rule, namespace, names: resourceNames.length === 0 ? undefined : resourceNames });
      }
    }
  };
  collect(all.everywhere.grants, '');
  for (const namespace of [...namespaces].sort()) collect(all.inNamespace(namespace).grants, namespace);
  return found;
}
