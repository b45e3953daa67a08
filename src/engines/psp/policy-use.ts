import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { memo } from '../../lang/memo.ts';
import { accountGroups, accountUserName } from '../../cluster/index/system-users.ts';
import type { PolicyRule } from '../../model/kinds/rbac.ts';
import type { Action, Attributes } from '../rbac/attributes.ts';
import { allows, type AuthorizationVerdict, authorize } from '../rbac/authorize.ts';
import { ruleAllows } from '../rbac/rule-allows.ts';
import { rulesFor } from '../rbac/rules-for.ts';

/** Whose right to `use` a policy lets it judge a pod; '' when nobody has it. */
export type AuthorizedBy = 'serviceAccount' | 'user' | '';

/** Who is asked for the right to `use` policies: the pod's ServiceAccount, when it names one, then the request's user. */
export interface PolicyUsers {
  readonly account: UserInfo | undefined;
  readonly user: UserInfo;
  readonly namespace: string;
}

/** The API groups in which the right is looked for, in order; the second for roles from before 1.10. */
const GROUPS = ['policy', 'extensions'] as const;

/** The identities of a request. A ServiceAccount is asked without `system:authenticated`. Mirrors computeSecurityContext, v1.24. */
export function policyUsers(namespace: string, serviceAccountName: string, user: UserInfo): PolicyUsers {
  const account =
    serviceAccountName === ''
      ? undefined
      : { name: accountUserName(namespace, serviceAccountName), groups: accountGroups(namespace) };
  return { account, user, namespace };
}

/** Who may `use` each policy. Mirrors isAuthorizedForPolicy of plugin/pkg/admission/security/podsecuritypolicy, v1.24. */
export function authorizer(
  cluster: Cluster,
  { account, user, namespace }: PolicyUsers,
): (policy: string) => AuthorizedBy {
  let byAccount: UsablePolicies | undefined;
  let byUser: UsablePolicies | undefined;
  return (policy) => {
    if (account !== undefined) {
      byAccount ??= usablePolicies(cluster, account, namespace);
      if (byAccount.all || byAccount.names.has(policy)) return 'serviceAccount';
    }
    byUser ??= usablePolicies(cluster, user, namespace);
    return byUser.all || byUser.names.has(policy) ? 'user' : '';
  };
}

/** The policies that an identity may use in a namespace. */
interface UsablePolicies {
  readonly all: boolean;
  readonly names: ReadonlySet<string>;
}

/** Remembered per cluster: both passes of the plugin ask, and a controller makes many pods. */
function usablePolicies(cluster: Cluster, identity: UserInfo, namespace: string): UsablePolicies {
  const byIdentity = memo(cluster, noIdentities);
  const key = [namespace, identity.name, ...identity.groups].join('\n');
  let usable = byIdentity.get(key);
  if (usable === undefined) byIdentity.set(key, (usable = collectUsable(cluster, identity, namespace)));
  return usable;
}

function noIdentities(): Map<string, UsablePolicies> {
  return new Map();
}

/** Asks every rule that applies to an identity once about the policies it names, instead of all rules about every policy. */
function collectUsable(cluster: Cluster, identity: UserInfo, namespace: string): UsablePolicies {
  const names = new Set<string>();
  let all = false;
  for (const { rule } of rulesFor(cluster, identity, namespace).rules) {
    if (!allowsUse(rule)) continue;
    const { resourceNames = [] } = rule;
    if (resourceNames.length === 0) all = true;
    for (const name of resourceNames) names.add(name);
  }
  return { all, names };
}

/** Whether a rule lets somebody `use` PodSecurityPolicies: those that it names, or every one. */
export function allowsUse(rule: PolicyRule): boolean {
  // A rule without names applies to every policy.
  const [name = 'any'] = rule.resourceNames ?? [];
  return GROUPS.some((group) => ruleAllows(rule, useOf(name, '', group)));
}

/** Whether a user may `use` a policy in a namespace. */
export function mayUse(cluster: Cluster, user: UserInfo, policy: string, namespace: string): boolean {
  return GROUPS.some((group) => allows(cluster, attributesOf(user, useOf(policy, namespace, group))));
}

/** The authorizer's answer that gave, or last refused, an identity the right to `use` a policy: the binding, the role and its rule. */
export function policyUse(
  cluster: Cluster,
  identity: UserInfo,
  policy: string,
  namespace: string,
): AuthorizationVerdict {
  const [first, second] = GROUPS;
  const verdict = authorize(cluster, attributesOf(identity, useOf(policy, namespace, first)));
  return verdict.decision === 'allow'
    ? verdict
    : authorize(cluster, attributesOf(identity, useOf(policy, namespace, second)));
}

function useOf(policy: string, namespace: string, apiGroup: string): Action {
  return { verb: 'use', apiGroup, resource: 'podsecuritypolicies', name: policy, namespace };
}

function attributesOf({ name, groups }: UserInfo, action: Action): Attributes {
  return { ...action, user: name, groups };
}
