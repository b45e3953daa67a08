import type { UserInfo } from './cluster.ts';

/** The names that API servers give to users and groups themselves. */
const ACCOUNT_PREFIX = 'system:serviceaccount:';

/** The group of every ServiceAccount. */
export const ACCOUNTS_GROUP = 'system:serviceaccounts';
/** The group of everybody who logged in. */
export const AUTHENTICATED_GROUP = 'system:authenticated';
/** The group of unauthenticated users. */
export const UNAUTHENTICATED_GROUP = 'system:unauthenticated';
/** The group whose members the API server never refuses: it asks no authorizer about them. */
export const MASTERS_GROUP = 'system:masters';
/** The group of kubelets. */
export const NODES_GROUP = 'system:nodes';

/** The user name of a ServiceAccount. */
export function accountUserName(namespace: string, name: string): string {
  return `${ACCOUNT_PREFIX}${namespace}:${name}`;
}

/** What is behind the prefix of a ServiceAccount's user name, whether or not that is well formed; undefined for other users. */
export function afterAccountPrefix(user: string): string | undefined {
  return user.startsWith(ACCOUNT_PREFIX) ? user.slice(ACCOUNT_PREFIX.length) : undefined;
}

/** The group of the ServiceAccounts of one namespace. */
export function namespaceAccountsGroup(namespace: string): string {
  return `${ACCOUNTS_GROUP}:${namespace}`;
}

/** The groups that every ServiceAccount of a namespace is in, `system:authenticated` aside. Mirrors serviceaccount.MakeGroupNames, v1.24. */
export function accountGroups(namespace: string): readonly string[] {
  return [ACCOUNTS_GROUP, namespaceAccountsGroup(namespace)];
}

/** The user a ServiceAccount's token authenticates as. Mirrors apiserver pkg/authentication/serviceaccount, with the authenticator's group. */
export function serviceAccountUser(namespace: string, name: string): UserInfo {
  return { name: accountUserName(namespace, name), groups: [...accountGroups(namespace), AUTHENTICATED_GROUP] };
}
