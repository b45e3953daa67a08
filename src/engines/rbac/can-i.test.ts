import { expect, test } from 'vitest';
import { canIQuestion } from './can-i.ts';
import { clusterOf, clusterRole } from './rbac.fixture.ts';

const widgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Cluster',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', shortNames: ['wd'] },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
const cluster = clusterOf([widgets]);
const ask = (verb: string, target: string, namespace = 'default'): ReturnType<typeof canIQuestion> =>
  canIQuestion(cluster, { verb, target, namespace });

test.each([
  ['pods', '', 'pods', ''],
  ['deploy.apps/web', 'apps', 'deployments', 'web'],
  ['podsecuritypolicy/zz-privileged', 'policy', 'podsecuritypolicies', 'zz-privileged'],
  ['wd/one', 'example.com', 'widgets', 'one'],
  ['*', '', '*', ''],
])('%s is asked as kubectl asks it', (target, apiGroup, resource, name) => {
  expect(ask('get', target).action).toEqual({
    verb: 'get',
    apiGroup,
    resource,
    subresource: '',
    name,
    namespace: 'default',
  });
});

test('a path is asked as a URL', () => {
  expect(ask('get', '/healthz')).toEqual({ action: { verb: 'get', nonResourceURL: '/healthz' }, warnings: [] });
  expect(canIQuestion(cluster, { verb: 'get', target: '/logs', subresource: 'log', namespace: '' }).error).toBe(
    '--subresource can not be used with NonResourceURL',
  );
});

test.each([
  ['get', 'gizmos', 'default', ["the server doesn't have a resource type 'gizmos'"]],
  ['get', 'nodes', 'default', ["resource 'nodes' is not namespace scoped"]],
  ['use', 'psp/lax', 'default', ["resource 'podsecuritypolicies' is not namespace scoped in group 'policy'"]],
  ['use', 'psp/lax', '', []],
  ['fetch', 'pods', 'default', ["verb 'fetch' is not a known verb"]],
  ['fetch', 'pods', '', []],
  ['list', '/healthz', 'default', ["verb 'list' is not a known verb"]],
  ['impersonate', 'users/alice', 'default', []],
])('%s %s in namespace %j warns as kubectl does', (verb, target, namespace, warnings) => {
  expect(ask(verb, target, namespace).warnings).toEqual(warnings);
});

test('a custom type that a role names and nobody defines is asked as it would be where it is defined', () => {
  const role = clusterRole('gadgets', { apiGroups: ['example.org'], resources: ['gadgets'], verbs: ['get'] });
  const asked = (target: string, complete: boolean): object => {
    const { action, warnings } = canIQuestion(clusterOf([role], { complete }), { verb: 'get', target, namespace: '' });
    return { group: action.apiGroup, resource: action.resource, warnings };
  };
  const warnings = [
    "no manifest defines the resource type 'gadgets' in group 'example.org': the answer is that of a cluster that has it",
  ];
  for (const target of ['gadgets', 'gadgets.example.org', 'gadgets.v1.example.org'])
    expect(asked(target, false)).toEqual({ group: 'example.org', resource: 'gadgets', warnings });
  expect(asked('gadgets.example.net', false)).toMatchObject({ group: '', resource: 'gadgets.example.net' });
  expect(asked('gadgets', true)).toMatchObject({ group: '', resource: 'gadgets' });
});
