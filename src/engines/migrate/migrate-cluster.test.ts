import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf, workload } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { migrateCluster } from './migrate-cluster.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ANY = { rule: 'RunAsAny' };

function policy(name: string): JsonObject {
  const spec = {
    privileged: true,
    runAsUser: ANY,
    seLinux: ANY,
    fsGroup: ANY,
    supplementalGroups: ANY,
    volumes: ['*'],
  };
  return { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name }, spec };
}

function grant(name: string, subject: JsonObject): JsonObject[] {
  const rules = [{ apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'], resourceNames: [name] }];
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name };
  return [
    { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules },
    { apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects: [subject] },
  ];
}

/** The policies that are usable in the namespace `shop`, where one is granted to a subject. */
function usableFor(subject: JsonObject): readonly string[] {
  const objects = [policy('lax'), ...grant('lax', subject), workload('Deployment', 'web', { namespace: 'shop' })];
  const cluster = loadCluster(manifestsOf('a.yaml', ...objects), { settings: { kubernetesVersion: '1.24' } });
  return migrateCluster(cluster).namespaces.find(({ namespace }) => namespace === 'shop')?.policies ?? ['no namespace'];
}

describe('the policies of a namespace', () => {
  const group = (name: string): JsonObject => ({ apiGroup: RBAC, kind: 'Group', name });
  const account = (namespace: string, name: string): JsonObject => ({ kind: 'ServiceAccount', namespace, name });
  const user = (name: string): JsonObject => ({ apiGroup: RBAC, kind: 'User', name });

  it.each<[string, JsonObject]>([
    ['all accounts', group('system:serviceaccounts')],
    ['its own accounts', group('system:serviceaccounts:shop')],
    [
      'the accounts of kube-system, whose controllers make pods everywhere',
      group('system:serviceaccounts:kube-system'),
    ],
    ['everybody', group('system:authenticated')],
    ['an account of it', account('shop', 'default')],
    ['the same as a user', user('system:serviceaccount:shop:default')],
    ['a controller', account('kube-system', 'replicaset-controller')],
    ['a person', user('alice')],
  ])('are those granted to %s', (_, subject) => {
    expect(usableFor(subject)).toEqual(['lax']);
  });

  it.each<[string, JsonObject]>([
    ['the accounts of another namespace', group('system:serviceaccounts:other')],
    ['an account of another namespace', account('other', 'default')],
    ['an account of kube-system that is no controller', account('kube-system', 'proxy')],
    ['the same as a user', user('system:serviceaccount:kube-system:proxy')],
  ])('are not those granted to %s', (_, subject) => {
    expect(usableFor(subject)).toEqual([]);
  });
});
