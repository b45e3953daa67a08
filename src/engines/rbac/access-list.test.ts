import { expect, test } from 'vitest';
import { accessList } from './access-list.ts';
import { nearestGrants } from './nearest-grants.ts';
import { clusterOf, clusterRole, clusterRoleBinding, role, roleBinding, user } from './rbac.fixture.ts';

const reader = { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] };
const cluster = clusterOf([
  clusterRole('reader', reader),
  clusterRole('urls', { nonResourceURLs: ['/healthz', '/version'], verbs: ['get'] }),
  clusterRoleBinding('reader', 'reader', user('jane')),
  clusterRoleBinding('urls', 'urls', user('jane')),
  role('shop', 'named', {
    apiGroups: ['apps', ''],
    resources: ['deployments'],
    resourceNames: ['web', 'db'],
    verbs: ['get'],
  }),
  role('shop', 'writer', { apiGroups: [''], resources: ['pods'], verbs: ['delete', 'get'] }),
  roleBinding('shop', 'named', 'Role/named', user('jane')),
  roleBinding('shop', 'writer', 'Role/writer', user('jane')),
  clusterRole('secrets', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }),
]);
const jane = { name: 'jane', groups: [] };

test('a list has a line for each resource, with the verbs of all rules, in kubectl’s order', () => {
  const { entries, error } = accessList(cluster, jane, 'shop');
  expect(error).toBe('');
  const lines = entries.map(({ verbs, apiGroup, resource, resourceNames, nonResourceURLs, grantedBy }) => {
    const what = nonResourceURLs.length > 0 ? nonResourceURLs.join() : `${apiGroup}/${resource}`;
    return [verbs.join(), what, ...resourceNames, grantedBy.length].join(' ');
  });
  expect(lines).toEqual([
    'get,list,delete /pods 2',
    'get,list /pods/log 1',
    'get /healthz 1',
    'get /version 1',
    'get /deployments db 1',
    'get /deployments web 1',
    'get apps/deployments db 1',
    'get apps/deployments web 1',
  ]);
  expect(accessList(cluster, jane, 'other').entries).toHaveLength(4);
});

test.each([
  [
    'delete',
    'pods',
    '',
    'other',
    [
      'grants Role writer to user jane, in namespace shop alone',
      'allows get, list on pods, pods/log, but not the verb delete',
    ],
  ],
  [
    'get',
    'deployments',
    'cache',
    'shop',
    ['allows get on deployments of apps, core named web, db, but not for the name cache'],
  ],
  ['get', 'secrets', '', 'shop', ['allows get on secrets, but no binding gives ClusterRole secrets to the user']],
  ['create', 'nodes', '', '', []],
])('what comes nearest to %s %s %s in %s', (verb, resource, name, namespace, expected) => {
  const attributes = { user: 'jane', groups: [], verb, apiGroup: '', resource, name, namespace };
  expect(nearestGrants(cluster, attributes).map(({ sentence }) => sentence)).toEqual(expected);
});
