import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { aggregateMessages } from '../../cluster/index/field-error.ts';
import { grantsOf } from './grants.ts';

/** Everything a user may do in a namespace ('': cluster-wide only), in the order of visiting. */
export interface UserRules {
  readonly rules: readonly RoleRule[];
  /** What the server says about roles that do not exist; '' when all do. */
  readonly error: string;
}

/** The rules that apply to a user in a namespace. Mirrors pkg/registry/rbac/validation RulesFor, v1.24. */
export function rulesFor(cluster: Cluster, user: UserInfo, namespace: string): UserRules {
  const grants = grantsOf(cluster);
  const applied = [...grants.everywhere.appliedTo(user.name, user.groups)];
  if (namespace !== '') applied.push(...grants.inNamespace(namespace).appliedTo(user.name, user.groups));
  const rules = applied.flatMap(({ grant }) => grant.rules);
  const errors = applied.map(({ grant }) => grant.error).filter((error) => error !== '');
  return { rules, error: aggregateMessages(errors) };
}
