import { expect, test } from 'vitest';
import { accountOf, authenticatedGroups, holderOf, holdsAccounts, impersonatedUser } from './membership.ts';

test.each([
  ['alice', ['system:authenticated']],
  ['system:anonymous', ['system:unauthenticated']],
  ['system:serviceaccount:prod:app', ['system:serviceaccounts', 'system:serviceaccounts:prod', 'system:authenticated']],
  ['system:serviceaccount:prod', ['system:authenticated']],
  ['system:serviceaccount:Prod:app', ['system:authenticated']],
  ['system:serviceaccount:prod:app:x', ['system:authenticated']],
])('%s logs in with its groups', (name, groups) => {
  expect(authenticatedGroups(name)).toEqual(groups);
});

test('an account is told from its user name', () => {
  expect(accountOf('system:serviceaccount:prod:my.app')).toEqual({ namespace: 'prod', name: 'my.app' });
  expect(accountOf('system:serviceaccounts:prod')).toBeUndefined();
});

test.each([
  ['alice', [], ['system:authenticated']],
  ['alice', ['ops'], ['ops', 'system:authenticated']],
  ['alice', ['system:unauthenticated'], ['system:unauthenticated']],
  ['alice', ['system:authenticated', 'ops'], ['system:authenticated', 'ops']],
  ['system:anonymous', ['ops'], ['ops', 'system:unauthenticated']],
  ['system:serviceaccount:prod:app', ['ops'], ['ops', 'system:authenticated']],
])('--as %s --as-group %j acts in groups %j', (name, given, groups) => {
  expect(impersonatedUser(name, given)).toEqual({ name, groups });
});

test('a subject means a user or a group', () => {
  const account = { kind: 'ServiceAccount', apiGroup: '', name: 'web', namespace: '' };
  expect(holderOf({ ...account, namespace: 'apps' }, 'home')).toEqual({
    kind: 'User',
    name: 'system:serviceaccount:apps:web',
  });
  expect(holderOf(account, 'home')).toEqual({ kind: 'User', name: 'system:serviceaccount:home:web' });
  expect(holderOf(account, '')).toBeUndefined();
  expect(holderOf({ ...account, kind: 'Group' }, 'home')).toEqual({ kind: 'Group', name: 'web' });
});

test.each([
  ['system:authenticated', true],
  ['system:serviceaccounts', true],
  ['system:serviceaccounts:kube-system', true],
  ['system:unauthenticated', false],
  ['system:masters', false],
  ['developers', false],
])('whether accounts are in the group %s: %s', (group, expected) => {
  expect(holdsAccounts(group)).toBe(expected);
});
