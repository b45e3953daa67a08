import type { Cluster, UserInfo } from '../../cluster/cluster.ts';
import { accountGroups, accountUser, type Attributes } from '../rbac/attributes.ts';
import { allows, type AuthorizationVerdict, authorize } from '../rbac/authorize.ts';

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
      : { name: accountUser(namespace, serviceAccountName), groups: accountGroups(namespace) };
  return { account, user, namespace };
}

/** Who may `use` a policy. Mirrors isAuthorizedForPolicy of plugin/pkg/admission/security/podsecuritypolicy, v1.24. */
export function authorizedBy(
  cluster: Cluster,
  { account, user, namespace }: PolicyUsers,
  policy: string,
): AuthorizedBy {
  const may = (identity: UserInfo): boolean =>
    GROUPS.some((group) => allows(cluster, useOf(identity, policy, namespace, group)));
  if (account !== undefined && may(account)) return 'serviceAccount';
  return may(user) ? 'user' : '';
}

/** The authorizer's answer that gave, or last refused, an identity the right to `use` a policy: the binding, the role and its rule. */
export function policyUse(
  cluster: Cluster,
  identity: UserInfo,
  policy: string,
  namespace: string,
): AuthorizationVerdict {
  const [first, second] = GROUPS;
  const verdict = authorize(cluster, useOf(identity, policy, namespace, first));
  return verdict.decision === 'allow' ? verdict : authorize(cluster, useOf(identity, policy, namespace, second));
}

function useOf({ name, groups }: UserInfo, policy: string, namespace: string, apiGroup: string): Attributes {
  return { user: name, groups, verb: 'use', apiGroup, resource: 'podsecuritypolicies', name: policy, namespace };
}
