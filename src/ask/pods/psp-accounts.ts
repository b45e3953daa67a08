import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { serviceAccountsOf } from '../../cluster/stored/existing.ts';
import { compiledPolicies } from '../../engines/psp/policy-index.ts';
import { authorizer, type PolicyUsers, policyUsers } from '../../engines/psp/policy-use.ts';
import { type PspClusterValue, pspClusterValue } from './cluster-value.ts';

/** What `psp matrix --accounts` answers: which policies each account, and each user who creates pods, may use. */
export interface PspAccountsValue {
  readonly version: 1;
  readonly clusters: readonly (PspClusterValue & {
    /** Names of all policies, in the order in which they are tried. */
    readonly policies: readonly string[];
    readonly accounts: readonly AccountUseValue[];
    /** Users who create pods of the manifests, once for each namespace. */
    readonly creators: readonly CreatorUseValue[];
  })[];
}

/** The policies that a ServiceAccount may use. */
export interface AccountUseValue {
  readonly namespace: string;
  readonly name: string;
  /** No manifest declares the account: it is there because a pod names it, or because the cluster makes it. */
  readonly isAssumed: boolean;
  readonly mayUse: readonly string[];
}

/** The policies that a user may use for pods of a namespace. */
export interface CreatorUseValue {
  readonly namespace: string;
  /** '' where only groups are known. */
  readonly user: string;
  readonly groups: readonly string[];
  readonly mayUse: readonly string[];
}

/** Account × policy: what `can-i use podsecuritypolicy/…` answers for every account and every other user who creates pods. */
export function pspAccounts(clusters: readonly { readonly cluster: Cluster }[]): PspAccountsValue {
  return { version: 1, clusters: clusters.map(({ cluster }) => accountsOf(cluster)) };
}

function accountsOf(cluster: Cluster): PspAccountsValue['clusters'][number] {
  const policies = compiledPolicies(cluster).map(({ name }) => name);
  const usableBy = (users: PolicyUsers) => {
    const authorizedBy = authorizer(cluster, users);
    return policies.filter((policy) => authorizedBy(policy) !== '');
  };
  return {
    ...pspClusterValue(cluster),
    policies,
    accounts: serviceAccountsOf(cluster).map(({ name, namespace, assumed }) => ({
      namespace,
      name,
      isAssumed: assumed,
      mayUse: usableBy(policyUsers(namespace, name, NOBODY)),
    })),
    creators: creatorsOf(cluster).map(({ user, namespace }) => ({
      namespace,
      user: user.name,
      groups: user.groups,
      mayUse: usableBy(policyUsers(namespace, '', user)),
    })),
  };
}

const NOBODY: UserInfo = { name: '', groups: [] };

function creatorsOf(cluster: Cluster): { readonly user: UserInfo; readonly namespace: string }[] {
  const found = new Map<string, { readonly user: UserInfo; readonly namespace: string }>();
  for (const { creator, namespace } of podsOf(cluster)) {
    const user = creator.user.value;
    found.set(JSON.stringify([user, namespace]), { user, namespace });
  }
  return [...found.values()];
}
