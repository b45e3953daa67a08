import { expect, test } from 'vitest';
import { accountOf, authenticatedGroups, impersonatedUser } from './attributes.ts';

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
