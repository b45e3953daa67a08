import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { authorizer, policyUse, policyUsers } from './policy-use.ts';

const RBAC = 'rbac.authorization.k8s.io';
const alice = { name: 'alice', groups: ['system:authenticated'] };

function grant(rule: JsonObject, subject: JsonObject): JsonObject[] {
  const roleRef = { apiGroup: RBAC, kind: 'Role', name: 'use' };
  const metadata = { name: 'use', namespace: 'shop' };
  return [
    { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules: [{ verbs: ['use'], ...rule }] },
    { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects: [subject] },
  ];
}

const toAlice = { apiGroup: RBAC, kind: 'User', name: 'alice' };
const toAccount = { kind: 'ServiceAccount', namespace: 'shop', name: 'web' };
const toAll = { apiGroup: RBAC, kind: 'Group', name: 'system:authenticated' };
const policies = { apiGroups: ['policy'], resources: ['podsecuritypolicies'] };

function asked(objects: readonly JsonObject[], account = 'web', namespace = 'shop') {
  const cluster = loadCluster(manifestsOf('a.yaml', ...objects), {
    settings: { kubernetesVersion: '1.24', bootstrapRBAC: false },
  });
  return { cluster, by: authorizer(cluster, policyUsers(namespace, account, alice)) };
}

describe('whose right to use a policy counts', () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    ['the account of the pod', policies, toAccount, 'serviceAccount'],
    ['the creator', policies, toAlice, 'user'],
    [
      'a rule of the group that policies were in before 1.10',
      { ...policies, apiGroups: ['extensions'] },
      toAlice,
      'user',
    ],
    ['a rule that names the policy', { ...policies, resourceNames: ['other', 'p'] }, toAlice, 'user'],
    ['a rule that names another', { ...policies, resourceNames: ['other'] }, toAlice, ''],
    ['another group', { ...policies, apiGroups: ['apps'] }, toAlice, ''],
    ['another verb', { ...policies, verbs: ['get'] }, toAlice, ''],
  ])('%s', (_, rule, subject, by) => {
    expect(asked(grant(rule, subject)).by('p')).toBe(by);
  });

  it('asks about an account as no authenticated user, as the plugin does', () => {
    expect(asked(grant(policies, toAll)).by('p')).toBe('user');
  });

  it('asks in the namespace of the pod', () => {
    expect(asked(grant(policies, toAlice), 'web', 'other').by('p')).toBe('');
  });

  it('asks nobody for a pod without an account but its creator', () => {
    expect(asked(grant(policies, toAccount), '').by('p')).toBe('');
  });
});

describe('policyUse', () => {
  it('names the binding and the role that give the right, whichever group they name', () => {
    const { cluster } = asked(grant({ ...policies, apiGroups: ['extensions'] }, toAlice));
    const verdict = policyUse(cluster, alice, 'p', 'shop');
    expect(verdict.decision).toBe('allow');
    expect(verdict.because.map(({ object }) => object.kind)).toEqual(['RoleBinding', 'Role']);
  });
});
