import { describe, expect, test } from 'vitest';
import type { Subject } from '../../model/kinds/rbac.ts';
import { account, clusterOf, clusterRole, clusterRoleBinding, group, roleBinding, user } from '../rbac/rbac.fixture.ts';
import { policiesUsableIn } from './policies-usable-in.ts';

const role = clusterRole('use', {
  apiGroups: ['policy'],
  resources: ['podsecuritypolicies'],
  verbs: ['use'],
  resourceNames: ['strict'],
});

/** Whether the policy of the role may be used in `apps`. */
function isUsable(binding: ReturnType<typeof roleBinding>, policy = 'strict') {
  return policiesUsableIn(clusterOf([role, binding]), 'apps')(policy);
}

describe('the policies that somebody may use for pods of a namespace', () => {
  test.each<[string, Subject, boolean]>([
    ['all accounts', group('system:serviceaccounts'), true],
    ['everybody', group('system:authenticated'), true],
    ['the accounts of the namespace', group('system:serviceaccounts:apps'), true],
    ['the controllers, as accounts of kube-system', group('system:serviceaccounts:kube-system'), true],
    ['the accounts of another namespace', group('system:serviceaccounts:other'), false],
    ['a team', group('developers'), true],
    ['an account of the namespace', account('apps', 'web'), true],
    ['an account of another namespace', account('other', 'web'), false],
    ['a controller', account('kube-system', 'replicaset-controller'), true],
    ['another account of kube-system', account('kube-system', 'coredns'), false],
    ['an account of the namespace, as a user', user('system:serviceaccount:apps:web'), true],
    ['an account of another namespace, as a user', user('system:serviceaccount:other:web'), false],
    ['a person', user('alice'), true],
  ])('are those granted cluster-wide to %s: %#', (_who, subject, expected) => {
    expect(isUsable(clusterRoleBinding('b', 'use', subject))).toBe(expected);
  });

  test('are not those granted in another namespace', () => {
    const accounts = group('system:serviceaccounts');
    expect(isUsable(roleBinding('apps', 'b', 'ClusterRole/use', accounts))).toBe(true);
    expect(isUsable(roleBinding('other', 'b', 'ClusterRole/use', accounts))).toBe(false);
  });

  test('are not those that only bootstrap roles give', () => {
    expect(policiesUsableIn(clusterOf([], { bootstrapRBAC: true }), 'apps')('strict')).toBe(false);
  });

  test('are only those that the role names', () => {
    expect(isUsable(clusterRoleBinding('b', 'use', group('system:serviceaccounts')), 'other')).toBe(false);
  });
});
