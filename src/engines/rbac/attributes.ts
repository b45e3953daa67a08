import { dnsLabelErrors, dnsSubdomainErrors } from '../../cluster/validation/name-formats.ts';
import type { UserInfo } from '../../cluster/index/cluster.ts';

/** What somebody wants to do, as the authorizer is asked. With `nonResourceURL` the other fields but `verb` mean nothing. */
export interface Action {
  readonly verb: string;
  /** '' or absent: the core group. */
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly subresource?: string;
  /** '' or absent: no single object (list, create). */
  readonly name?: string;
  /** '' or absent: cluster-wide. */
  readonly namespace?: string;
  readonly nonResourceURL?: string;
}

/** Who wants to do what. Without `groups`, the user has those that the authenticator gives (`authenticatedGroups`). */
export interface Attributes extends Action {
  readonly user: string;
  readonly groups?: readonly string[];
}

const ACCOUNT_PREFIX = 'system:serviceaccount:';
const EVERYBODY: readonly string[] = ['system:authenticated'];
const NOBODY: readonly string[] = ['system:unauthenticated'];

/** The user name of a ServiceAccount. */
export function accountUser(namespace: string, name: string): string {
  return `${ACCOUNT_PREFIX}${namespace}:${name}`;
}

/** The groups that every ServiceAccount of a namespace is in, `system:authenticated` aside. Mirrors serviceaccount.MakeGroupNames, v1.24. */
export function accountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

/** Namespace and name of the ServiceAccount behind a user name; undefined when it is not one's. Mirrors serviceaccount.SplitUsername, v1.24. */
export function accountOf(user: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!user.startsWith(ACCOUNT_PREFIX)) return undefined;
  const [namespace = '', name = '', ...more] = user.slice(ACCOUNT_PREFIX.length).split(':');
  if (more.length > 0 || dnsLabelErrors(namespace).length > 0 || dnsSubdomainErrors(name).length > 0) return undefined;
  return { namespace, name };
}

/** The groups that a user is in when it logs in, or is impersonated, without naming any. */
export function authenticatedGroups(user: string): readonly string[] {
  if (user === 'system:anonymous') return NOBODY;
  const account = accountOf(user);
  return account === undefined ? EVERYBODY : [...accountGroups(account.namespace), ...EVERYBODY];
}

/**
 * The user that `kubectl --as USER --as-group GROUP` acts as. Named groups are all there are, but for the one that everybody who logged
 * in (or nobody) is in. Mirrors apiserver pkg/endpoints/filters WithImpersonation, v1.24.
 */
export function impersonatedUser(name: string, groups: readonly string[] = []): UserInfo {
  if (groups.length === 0) return { name, groups: authenticatedGroups(name) };
  const settled =
    groups.includes('system:unauthenticated') ||
    (name !== 'system:anonymous' && groups.includes('system:authenticated'));
  if (settled) return { name, groups };
  return { name, groups: [...groups, name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'] };
}
