import type { UserInfo } from '../../cluster/index/cluster.ts';
import {
  accountGroups,
  ACCOUNTS_GROUP,
  accountUserName,
  afterAccountPrefix,
  AUTHENTICATED_GROUP,
  namespaceAccountsGroup,
  UNAUTHENTICATED_GROUP,
} from '../../cluster/index/system-users.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../../cluster/validation/name-formats.ts';
import type { Subject } from '../../model/kinds/rbac.ts';

/*
 * Who is in which group, and who is meant by a subject of a binding.
 */

const ANONYMOUS = 'system:anonymous';

/** Namespace and name of the ServiceAccount behind a user name; undefined when it is not one's. Mirrors serviceaccount.SplitUsername, v1.24. */
export function accountOf(user: string): { readonly namespace: string; readonly name: string } | undefined {
  const account = afterAccountPrefix(user);
  if (account === undefined) return undefined;
  const [namespace = '', name = '', ...more] = account.split(':');
  if (more.length > 0 || dnsLabelErrors(namespace).length > 0 || dnsSubdomainErrors(name).length > 0) return undefined;
  return { namespace, name };
}

/** The groups that a user is in when it logs in, or is impersonated, without naming any. */
export function authenticatedGroups(user: string): readonly string[] {
  if (user === ANONYMOUS) return [UNAUTHENTICATED_GROUP];
  const account = accountOf(user);
  return account === undefined ? [AUTHENTICATED_GROUP] : [...accountGroups(account.namespace), AUTHENTICATED_GROUP];
}

/**
 * The user that `kubectl --as USER --as-group GROUP` acts as. Named groups are all there are, but for the one that everybody who logged
 * in (or nobody) is in. Mirrors apiserver pkg/endpoints/filters WithImpersonation, v1.24.
 */
export function impersonatedUser(name: string, groups: readonly string[] = []): UserInfo {
  if (groups.length === 0) return { name, groups: authenticatedGroups(name) };
  const isSettled =
    groups.includes(UNAUTHENTICATED_GROUP) || (name !== ANONYMOUS && groups.includes(AUTHENTICATED_GROUP));
  if (isSettled) return { name, groups };
  return { name, groups: [...groups, name === ANONYMOUS ? UNAUTHENTICATED_GROUP : AUTHENTICATED_GROUP] };
}

/** Who gets what a binding gives: a user or a group by name. */
export interface Holder {
  readonly kind: 'User' | 'Group';
  readonly name: string;
}

/**
 * Whom a subject means: a ServiceAccount is the user that its token logs in as, and without a namespace of its own one of the binding's
 * namespace. Undefined for an account of no namespace (a cluster-wide binding has none) and for kinds that RBAC does not know.
 */
export function holderOf({ kind, name, namespace }: Required<Subject>, bindingNamespace: string): Holder | undefined {
  if (kind === 'User' || kind === 'Group') return { kind, name };
  const home = namespace === '' ? bindingNamespace : namespace;
  return kind === 'ServiceAccount' && home !== '' ? { kind: 'User', name: accountUserName(home, name) } : undefined;
}

/**
 * The groups that a holder is certainly in. An account is counted without `system:authenticated`, since the
 * PodSecurityPolicy plugin asks about it without that.
 */
export function certainGroups({ kind, name }: Holder): readonly string[] {
  if (kind === 'Group') return accountsNamespace(name) === undefined ? [] : [ACCOUNTS_GROUP];
  const account = accountOf(name);
  return account === undefined ? authenticatedGroups(name) : accountGroups(account.namespace);
}

/** The namespace whose ServiceAccounts a group holds; undefined for a group that is not of one namespace. */
export function accountsNamespace(group: string): string | undefined {
  const prefix = namespaceAccountsGroup('');
  return group.startsWith(prefix) ? group.slice(prefix.length) : undefined;
}

/** Whether every ServiceAccount of some namespace is in a group, the controllers of an operator included. */
export function holdsAccounts(group: string): boolean {
  return group === AUTHENTICATED_GROUP || group === ACCOUNTS_GROUP || accountsNamespace(group) !== undefined;
}
