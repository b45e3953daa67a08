import { expect, test } from 'vitest';
import type { Subject } from '../../model/kinds/rbac.ts';
import { account, clusterOf, clusterRole, clusterRoleBinding, group, roleBinding, user } from '../rbac/rbac.fixture.ts';
import { covers } from './grant-coverage.ts';
import { useGrants } from './use-grants.ts';

const use = { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] };

/** Whether what a subject gets of one policy is covered by what another gets of a second; a namespace each, '' for everywhere. */
function isCovered(subject: Subject, other: Subject, namespace = '', otherNamespace = '') {
  const objects = (policy: string, to: Subject, home: string) => [
    clusterRole(policy, { ...use, resourceNames: [policy] }),
    home === '' ? clusterRoleBinding(policy, policy, to) : roleBinding(home, policy, `ClusterRole/${policy}`, to),
  ];
  const grants = useGrants(clusterOf([...objects('a', subject, namespace), ...objects('b', other, otherNamespace)]));
  const of = (policy: string) => grants.filter(({ names }) => names?.includes(policy) === true);
  return covers(of('b'), of('a'));
}

test.each<[string, Subject, Subject, boolean]>([
  ['the same user', user('alice'), user('alice'), true],
  ['another user', user('alice'), user('bob'), false],
  ['everybody who logged in', user('alice'), group('system:authenticated'), true],
  ['a team, of whom nobody says that the user is in it', user('alice'), group('team'), false],
  ['all accounts', account('apps', 'web'), group('system:serviceaccounts'), true],
  ['the accounts of its namespace', user('system:serviceaccount:apps:web'), group('system:serviceaccounts:apps'), true],
  ['the accounts of another one', user('system:serviceaccount:apps:web'), group('system:serviceaccounts:other'), false],
  // The plugin asks about an account without this group.
  ['everybody, but an account', user('system:serviceaccount:apps:web'), group('system:authenticated'), false],
  [
    'all accounts, for those of one namespace',
    group('system:serviceaccounts:apps'),
    group('system:serviceaccounts'),
    true,
  ],
  ['those of one namespace, for all', group('system:serviceaccounts'), group('system:serviceaccounts:apps'), false],
])('a grant is covered by one to %s: %#', (_who, subject, other, expected) => {
  expect(isCovered(subject, other)).toBe(expected);
});

test('a grant everywhere covers one in a namespace, not the other way round', () => {
  const everybody = group('system:serviceaccounts');
  expect(isCovered(everybody, everybody, 'apps', '')).toBe(true);
  expect(isCovered(everybody, everybody, '', 'apps')).toBe(false);
  expect(isCovered(everybody, everybody, 'apps', 'apps')).toBe(true);
  expect(isCovered(everybody, everybody, 'apps', 'other')).toBe(false);
});
