import { expect, test } from 'vitest';
import type { Subject } from '../../../model/kinds/rbac.ts';
import { useGrants } from '../../../engines/psp/use-grants.ts';
import { account, clusterOf, clusterRole, group, roleBinding, user } from '../../../engines/rbac/rbac.fixture.ts';
import { wideGrants } from './wide-grants.ts';

const use = clusterRole('use', { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] });

test.each<[string, Subject, string, boolean]>([
  ['a user', user('alice'), 'shop', true],
  ['a group', group('developers'), 'shop', true],
  ['the accounts of a namespace', group('system:serviceaccounts:shop'), 'shop', true],
  ['an account', account('shop', 'web'), 'shop', false],
  ['an account under the name of its user', user('system:serviceaccount:shop:web'), 'shop', false],
  ['the nodes', group('system:nodes'), 'shop', false],
  ['the accounts of kube-system', group('system:serviceaccounts:kube-system'), 'shop', false],
  ['a user, in kube-system', user('alice'), 'kube-system', false],
])('a grant to %s is wide, or serves named accounts and the system alone: %#', (_whom, subject, namespace, isWide) => {
  const cluster = clusterOf([use, roleBinding(namespace, 'use', 'ClusterRole/use', subject)]);
  expect(wideGrants(useGrants(cluster))).toHaveLength(isWide ? 1 : 0);
});
