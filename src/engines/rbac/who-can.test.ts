import { expect, test } from 'vitest';
import type { Action } from './attributes.ts';
import { matrix } from './matrix.ts';
import { account, clusterOf, clusterRole, clusterRoleBinding, group, roleBinding, user } from './rbac.fixture.ts';
import { whoCan } from './who-can.ts';

const use = { verbs: ['use'], apiGroups: ['policy'], resources: ['podsecuritypolicies'] };
const usePolicy: Action = {
  verb: 'use',
  apiGroup: 'policy',
  resource: 'podsecuritypolicies',
  name: 'lax',
  namespace: 'prod',
};

const cluster = clusterOf([
  clusterRole('lax', { ...use, resourceNames: ['lax'] }),
  clusterRole('strict', { ...use, resourceNames: ['strict'] }),
  clusterRoleBinding('ops', 'lax', user('alice'), group('ops')),
  clusterRoleBinding('more', 'lax', user('alice')),
  clusterRoleBinding('broken', 'gone', user('bob')),
  roleBinding('prod', 'apps', 'ClusterRole/lax', account('', 'app')),
  roleBinding('test', 'apps', 'ClusterRole/lax', account('', 'tester')),
]);

test('the server lists system:masters first and repeats whom several bindings name', () => {
  const { subjects, error } = whoCan(cluster, usePolicy);
  expect(subjects.map(({ name }) => name)).toEqual(['system:masters', 'alice', 'alice', 'ops', 'app']);
  expect(subjects.at(-1)).toEqual({ kind: 'ServiceAccount', apiGroup: '', name: 'app', namespace: '' });
  expect(error).toBe('clusterrole.rbac.authorization.k8s.io "gone" not found');
});

test('people see each subject once, with every binding that gives it', () => {
  const { grantees } = whoCan(cluster, usePolicy);
  expect(
    grantees.map(({ kind, name, namespace, because }) => [
      kind,
      namespace,
      name,
      because.map(([binding]) => binding?.object.name),
    ]),
  ).toEqual([
    ['User', '', 'alice', ['more', 'ops']],
    ['Group', '', 'ops', ['ops']],
    ['ServiceAccount', 'prod', 'app', ['apps']],
  ]);
});

test('an account bound as a user is the same account', () => {
  const both = clusterOf([
    clusterRole('lax', use),
    clusterRoleBinding('a', 'lax', account('prod', 'app')),
    clusterRoleBinding('b', 'lax', user('system:serviceaccount:prod:app')),
  ]);
  expect(whoCan(both, usePolicy).grantees).toHaveLength(1);
});

test('a matrix holds one verdict for each user and action', () => {
  const users = ['alice', 'bob'].map((name) => ({ name, groups: [] }));
  const table = matrix(cluster, users, [usePolicy, { ...usePolicy, name: 'strict' }]);
  expect(table.map((row) => row.map(({ decision }) => decision))).toEqual([
    ['allow', 'deny'],
    ['deny', 'deny'],
  ]);
});
