import { expect, test } from 'vitest';
import { apiResources, findResource } from './discovery.ts';

const find = (minor: number, argument: string): string => {
  const { group, resource, warning } = findResource(apiResources({ minor }), argument);
  return warning === '' ? `${resource}.${group}` : `${resource}.${group} (${warning})`;
};

test.each([
  [24, 'pods', 'pods.'],
  [24, 'po', 'pods.'],
  [24, 'Pod', 'pods.'],
  [24, 'pods.v1.', 'pods.'],
  [24, 'deploy', 'deployments.apps'],
  [24, 'deploy.apps', 'deployments.apps'],
  [24, 'deploy.app', 'deployments.apps'],
  [24, 'deployments.v1.apps', 'deployments.apps'],
  [24, 'storageclass.storage', 'storageclasses.storage.k8s.io'],
  [24, 'ing', 'ingresses.networking.k8s.io'],
  [24, 'events', 'events.'],
  [24, 'events.events.k8s.io', 'events.events.k8s.io'],
  [24, 'networkpolicies', 'networkpolicies.networking.k8s.io'],
  [24, 'globalnetworkpolicies', 'globalnetworkpolicies.crd.projectcalico.org'],
  [24, 'networkpolicies.projectcalico.org', 'networkpolicies.projectcalico.org'],
  [24, 'PodSecurityPolicy', 'podsecuritypolicies.policy'],
  [24, 'psp', 'podsecuritypolicies.policy'],
  [24, 'endpoints', 'endpoints.'],
  [24, 'csr', 'certificatesigningrequests.certificates.k8s.io'],
  [24, '*', '*.'],
  [24, 'users', 'users.'],
  [24, 'groups', 'groups.'],
])('on Kubernetes 1.%i, %s is %s', (minor, argument, found) => {
  expect(find(minor, argument)).toBe(found);
});

test('a name that several groups serve means the one of the preferred group of that version', () => {
  expect([11, 15, 16, 19, 20, 24].map((minor) => find(minor, 'ingresses'))).toEqual([
    'ingresses.extensions',
    'ingresses.extensions',
    'ingresses.extensions',
    'ingresses.extensions',
    'ingresses.networking.k8s.io',
    'ingresses.networking.k8s.io',
  ]);
  expect([15, 16].map((minor) => find(minor, 'deploy'))).toEqual(['deployments.extensions', 'deployments.apps']);
  expect([15, 16].map((minor) => find(minor, 'psp'))).toEqual([
    'podsecuritypolicies.extensions',
    'podsecuritypolicies.policy',
  ]);
});

test('what is not served is asked of the core group as written, with a warning', () => {
  expect(find(25, 'PodSecurityPolicies')).toBe(
    "PodSecurityPolicies. (the server doesn't have a resource type 'podsecuritypolicies')",
  );
  expect(find(24, 'widgets.example.com')).toBe(
    "widgets.example.com. (the server doesn't have a resource type 'widgets' in group 'example.com')",
  );
});

test('a beta of 1.24 or later is not served unless it was served before', () => {
  const served = (minor: number, group: string, version: string): boolean =>
    apiResources({ minor }).some((each) => each.group === group && each.version === version);
  expect(served(24, 'policy', 'v1beta1')).toBe(true);
  expect(served(25, 'policy', 'v1beta1')).toBe(false);
  expect(served(33, 'networking.k8s.io', 'v1beta1')).toBe(false);
  expect(served(20, 'flowcontrol.apiserver.k8s.io', 'v1beta1')).toBe(true);
});

test('resources carry their scope, verbs and subresources', () => {
  const pods = findResource(apiResources({ minor: 24 }), 'pods').served;
  expect(pods?.namespaced).toBe(true);
  expect(pods?.verbs).toEqual(['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']);
  expect(pods?.subresources.get('exec')).toEqual(['create', 'get']);
  expect(findResource(apiResources({ minor: 24 }), 'nodes').served?.namespaced).toBe(false);
});

test('versions beyond those known are taken for the nearest', () => {
  expect(apiResources({ minor: 8 })).toBe(apiResources({ minor: 11 }));
  expect(apiResources({ minor: 99 })).toBe(apiResources({ minor: 37 }));
});
