import { describe, expect, it } from 'vitest';
import { escalation, type Escalation } from './escalation.ts';
import { clusterOf, clusterRole, clusterRoleBinding, role, roleBinding, user } from './rbac.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { compactRules, describeForServer, uncovered } from './rule-covers.ts';

const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const bob = { name: 'bob', groups: ['system:authenticated'] };

/** As it is decoded: with the group of its role. */
function bindingTo(name: string): JsonObject {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
  return { ...roleBinding('shop', 'b', `ClusterRole/${name}`, user('eve')), roleRef };
}

function ask(objects: readonly JsonObject[], object: JsonObject, old?: JsonObject): Escalation | undefined {
  const cluster = clusterOf(objects, { bootstrapRBAC: false });
  return escalation(cluster, { user: bob, object, namespace: 'shop', ...(old !== undefined && { old }) });
}

describe('escalation', () => {
  const held = [clusterRole('held', PODS), clusterRoleBinding('held', 'held', user('bob'))];

  it('lets nobody grant more than they hold, and says what is missing', () => {
    const more = role('shop', 'new', PODS, {
      apiGroups: ['apps'],
      resources: ['deployments'],
      verbs: ['get', 'create'],
    });
    expect(ask(held, role('shop', 'new', PODS))).toBe(undefined);
    expect(ask(held, more)).toEqual({
      code: 403,
      reason: 'Forbidden',
      message:
        'roles.rbac.authorization.k8s.io "new" is forbidden: user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "create"]}',
    });
    const masters = { name: 'root', groups: ['system:masters'] };
    expect(escalation(clusterOf(held), { user: masters, object: more, namespace: 'shop' })).toBe(undefined);
  });

  it('makes exceptions for who may escalate roles or bind one', () => {
    const powers = (rule: object): JsonObject[] => [
      clusterRole('powers', { apiGroups: ['rbac.authorization.k8s.io'], ...rule }),
      clusterRoleBinding('powers', 'powers', user('bob')),
      clusterRole('target', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
    ];
    const binding = bindingTo('target');
    expect(ask(powers({ resources: ['roles'], verbs: ['escalate'] }), role('shop', 'new', PODS))).toBe(undefined);
    expect(ask(powers({ resources: ['clusterroles'], verbs: ['bind'] }), binding)).toBe(undefined);
    expect(ask(powers({ resources: ['clusterroles'], resourceNames: ['other'], verbs: ['bind'] }), binding)?.code).toBe(
      403,
    );
  });

  it('looks for the role of a binding, and holds changes to the whole object', () => {
    expect(ask(held, bindingTo('gone'))).toMatchObject({ code: 404, reason: 'NotFound' });
    expect(ask(held, bindingTo(''))).toMatchObject({ code: 400, message: 'Name parameter required.' });
    expect(ask(held, bindingTo('..'))?.message).toBe(`Name parameter invalid: "..": may not be '..'`);
    const before = role('shop', 'new', { ...PODS, verbs: ['*'] });
    const labelled = { ...before, metadata: { name: 'new', namespace: 'shop', labels: { a: 'b' } } };
    expect(ask(held, labelled, before)?.code).toBe(403);
    const collected = { ...before, metadata: { name: 'new', namespace: 'shop', finalizers: ['a/b'] } };
    expect(ask(held, collected, before)).toBe(undefined);
  });

  it('wants everything for aggregation', () => {
    const aggregated = { ...clusterRole('new'), aggregationRule: { clusterRoleSelectors: [{}] } };
    expect(ask(held, aggregated)?.message).toBe(
      'clusterroles.rbac.authorization.k8s.io "new" is forbidden: must have cluster-admin privileges to use the aggregationRule',
    );
  });
});

describe('rules', () => {
  it('cover others part by part', () => {
    const names = { ...PODS, resourceNames: ['a', 'b'] };
    expect(uncovered([PODS], [names])).toEqual([]);
    expect(uncovered([names], [PODS])).toHaveLength(2);
    expect(uncovered([{ ...PODS, resources: ['*/log'] }], [{ ...PODS, resources: ['pods/log'] }])).toEqual([]);
    const url = (path: string) => ({ nonResourceURLs: [path], verbs: ['get'] });
    expect(uncovered([url('/a/*')], [url('/a/b'), url('/b')])).toEqual([url('/b')]);
  });

  it('are written by resource', () => {
    const parts = uncovered([], [PODS, { ...PODS, resourceNames: ['x'] }, { nonResourceURLs: ['*'], verbs: ['get'] }]);
    expect(compactRules(parts).map(describeForServer)).toEqual([
      '{NonResourceURLs:["*"], Verbs:["get"]}',
      '{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}',
      '{APIGroups:[""], Resources:["pods"], ResourceNames:["x"], Verbs:["get" "list"]}',
    ]);
  });
});
