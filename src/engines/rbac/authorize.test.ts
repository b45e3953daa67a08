import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { accountUserName } from '../../cluster/index/system-users.ts';
import type { Attributes } from './attributes.ts';
import { allows, authorize } from './authorize.ts';
import { rulesFor } from './rules-for.ts';
import { whoCan } from './who-can.ts';
import { account, clusterOf, clusterRole, clusterRoleBinding, group, role, roleBinding, user } from './rbac.fixture.ts';

const readPods = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const getPod: Attributes = { user: 'alice', verb: 'get', resource: 'pods', namespace: 'team-a' };

describe('an allowed action', () => {
  test('names the binding, its subject and the role as the server does', () => {
    const objects = [
      role('team-a', 'reader', readPods),
      roleBinding('team-a', 'readers', 'Role/reader', user('bob'), user('alice')),
    ];
    const cluster = clusterOf(objects);
    const verdict = authorize(cluster, getPod);
    expect(verdict.decision).toBe('allow');
    expect(verdict.message).toBe('RBAC: allowed by RoleBinding "readers/team-a" of Role "reader" to User "alice"');
    expect(verdict.because.map(({ object, path, sentence }) => [object.name, path, sentence])).toEqual([
      ['readers', ['subjects', 1], 'grants Role reader to user alice'],
      ['reader', ['rules', 0], 'allows get on pods'],
    ]);
  });

  test('names the first of several subjects of a binding that apply', () => {
    const subjects = [user('bob'), group('system:authenticated'), user('alice')];
    const objects = [role('team-a', 'reader', readPods), roleBinding('team-a', 'readers', 'Role/reader', ...subjects)];
    const { because } = authorize(clusterOf(objects), getPod);
    expect(because[0]).toMatchObject({
      path: ['subjects', 1],
      sentence: 'grants Role reader to group system:authenticated',
    });
  });

  test('prints an account as name/namespace, its namespace taken from the binding when absent', () => {
    const objects = [
      clusterRole('reader', readPods),
      roleBinding('team-a', 'b', 'ClusterRole/reader', account('', 'ci')),
    ];
    const { message } = authorize(clusterOf(objects), { ...getPod, user: accountUserName('team-a', 'ci') });
    expect(message).toBe(
      'RBAC: allowed by RoleBinding "b/team-a" of ClusterRole "reader" to ServiceAccount "ci/team-a"',
    );
  });

  test('comes from a ClusterRoleBinding before a RoleBinding, and from the first by name of each', () => {
    const objects = [
      clusterRole('reader', readPods),
      roleBinding('team-a', 'a', 'ClusterRole/reader', user('alice')),
      clusterRoleBinding('zz', 'reader', user('alice')),
      clusterRoleBinding('B', 'reader', user('alice')),
    ];
    expect(authorize(clusterOf(objects), getPod).message).toContain('ClusterRoleBinding "B"');
    expect(authorize(clusterOf(objects.slice(0, 2)), getPod).message).toContain('RoleBinding "a/team-a"');
  });

  test('rests on an assumption when a default role gives it', () => {
    const cluster = clusterOf([clusterRoleBinding('root', 'cluster-admin', user('alice'))], { bootstrapRBAC: true });
    const verdict = authorize(cluster, getPod);
    expect(verdict.because[1]?.object).toMatchObject({ implicit: true, origin: 'bootstrap RBAC of Kubernetes 1.24' });
    expect(verdict.assumptions).toHaveLength(1);
  });
});

describe('a denied action', () => {
  test('has no message when no rule speaks of it', () => {
    expect(authorize(clusterOf([]), getPod)).toMatchObject({ decision: 'deny', message: '', because: [] });
  });

  test('names the roles that its bindings look for in vain, each once', () => {
    const objects = [
      clusterRoleBinding('a', 'gone', user('alice')),
      clusterRoleBinding('b', 'gone', user('alice')),
      roleBinding('team-a', 'c', 'Role/lost', user('alice')),
      roleBinding('team-a', 'd', 'Role/elsewhere', user('bob')),
    ];
    const verdict = authorize(clusterOf(objects), getPod);
    expect(verdict.message).toBe(
      'RBAC: [clusterrole.rbac.authorization.k8s.io "gone" not found, role.rbac.authorization.k8s.io "lost" not found]',
    );
    expect(verdict.because.map(({ object, path }) => [object.name, path])).toEqual(
      ['a', 'b', 'c'].map((name) => [name, ['roleRef', 'name']]),
    );
  });
});

test('a RoleBinding counts in its namespace only, and never for URLs', () => {
  const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  const urls = { verbs: ['get'], nonResourceURLs: ['*'] };
  const cluster = clusterOf([
    clusterRole('all', everything, urls),
    roleBinding('team-a', 'b', 'ClusterRole/all', user('alice')),
  ]);
  expect(allows(cluster, getPod)).toBe(true);
  expect(allows(cluster, { ...getPod, namespace: 'team-b' })).toBe(false);
  expect(allows(cluster, { ...getPod, namespace: '' })).toBe(false);
  expect(allows(cluster, { user: 'alice', verb: 'get', nonResourceURL: '/healthz' })).toBe(false);
});

test('privileged groups are allowed without a word, and only where they are asked for', () => {
  const masters = { ...getPod, groups: ['system:masters'] };
  const cluster = clusterOf([]);
  expect(authorize(cluster, masters, { privilegedGroups: ['system:masters'] })).toMatchObject({
    decision: 'allow',
    message: '',
  });
  expect(authorize(cluster, masters).decision).toBe('deny');
});

test('a user is in the groups of its authenticator unless groups are given', () => {
  const cluster = clusterOf([
    clusterRole('reader', readPods),
    clusterRoleBinding('b', 'reader', group('system:authenticated')),
  ]);
  expect(allows(cluster, getPod)).toBe(true);
  expect(allows(cluster, { ...getPod, user: accountUserName('team-a', 'ci') })).toBe(true);
  expect(allows(cluster, { ...getPod, user: 'system:anonymous' })).toBe(false);
  expect(allows(cluster, { ...getPod, groups: ['system:serviceaccounts'] })).toBe(false);
});

test('the trace shows every binding that applies', () => {
  const cluster = clusterOf([
    clusterRole('reader', readPods),
    clusterRole('idle'),
    clusterRoleBinding('a', 'idle', user('alice')),
    clusterRoleBinding('b', 'gone', user('alice')),
    clusterRoleBinding('c', 'reader', user('alice')),
    clusterRoleBinding('d', 'reader', user('bob')),
  ]);
  const { steps } = authorize(cluster, getPod, { trace: true });
  expect(steps.map(({ object, outcome }) => [object?.name, outcome])).toEqual([
    ['a', 'failed'],
    ['b', 'failed'],
    ['c', 'passed'],
  ]);
});

test('all rules of a user come in order of visiting', () => {
  const cluster = clusterOf([
    clusterRole('reader', readPods, { ...readPods, verbs: ['list'] }),
    role('team-a', 'writer', { ...readPods, verbs: ['create'] }),
    roleBinding('team-a', 'a', 'Role/writer', user('alice')),
    clusterRoleBinding('z', 'reader', user('alice')),
    clusterRoleBinding('y', 'gone', user('alice')),
  ]);
  const { rules, error } = rulesFor(cluster, { name: 'alice', groups: [] }, 'team-a');
  expect(rules.map(({ rule }) => rule.verbs?.[0])).toEqual(['get', 'list', 'create']);
  expect(error).toBe('clusterrole.rbac.authorization.k8s.io "gone" not found');
});

describe('for any roles and bindings', () => {
  const names = fc.constantFrom<string>('a', 'b', 'c');
  const rules = fc.record({
    verbs: fc.uniqueArray(fc.constantFrom('get', 'list', '*'), { minLength: 1 }),
    apiGroups: fc.uniqueArray(fc.constantFrom('', 'apps', '*'), { minLength: 1 }),
    resources: fc.uniqueArray(fc.constantFrom('pods', 'pods/log', '*', '*/log'), { minLength: 1 }),
    resourceNames: fc.uniqueArray(fc.constantFrom('web', '*')),
  });
  const subjects = fc.oneof(
    names.map(user),
    names.map(group),
    fc.constantFrom('', 'x', 'y').map((namespace) => account(namespace, 'ci')),
  );
  const namespaces = fc.constantFrom('x', 'y');
  const objects = fc.oneof(
    fc.tuple(names, fc.array(rules, { maxLength: 2 })).map(([name, list]) => clusterRole(name, ...list)),
    fc
      .tuple(namespaces, names, fc.array(rules, { maxLength: 2 }))
      .map(([namespace, name, list]) => role(namespace, name, ...list)),
  );
  const bindings = fc.oneof(
    fc.tuple(names, names, subjects).map(([name, to, subject]) => clusterRoleBinding(name, to, subject)),
    fc
      .tuple(namespaces, names, fc.constantFrom('Role', 'ClusterRole'), names, subjects)
      .map(([namespace, name, kind, to, subject]) => roleBinding(namespace, name, `${kind}/${to}`, subject)),
  );
  const identity = (object: JsonObject): string => JSON.stringify([object.kind, object.metadata]);
  const trees = fc.uniqueArray(fc.oneof(objects, bindings), { selector: identity, maxLength: 12 });
  const questions = fc.record({
    user: fc.constantFrom('a', 'b', accountUserName('x', 'ci'), accountUserName('y', 'ci')),
    groups: fc.uniqueArray(names),
    verb: fc.constantFrom('get', 'list', 'delete'),
    apiGroup: fc.constantFrom('', 'apps'),
    resource: fc.constantFrom('pods', 'secrets'),
    subresource: fc.constantFrom('', 'log'),
    name: fc.constantFrom('', 'web'),
    namespace: fc.constantFrom('', 'x', 'y'),
  });

  test('the order of the objects changes nothing', () => {
    fc.assert(
      fc.property(trees, questions, (tree, question) => {
        const [here, there] = [clusterOf(tree), clusterOf(tree.toReversed())];
        expect(authorize(there, question).message).toBe(authorize(here, question).message);
        expect(whoCan(there, question).subjects).toEqual(whoCan(here, question).subjects);
      }),
    );
  });

  test('one more binding takes no permission away', () => {
    fc.assert(
      fc.property(trees, bindings, questions, (tree, binding, question) => {
        fc.pre(tree.every((object) => identity(object) !== identity(binding)));
        if (allows(clusterOf(tree), question)) expect(allows(clusterOf([...tree, binding]), question)).toBe(true);
      }),
    );
  });

  test('a user who may do something is listed by who-can, by name or by group', () => {
    fc.assert(
      fc.property(trees, questions, (tree, question) => {
        const cluster = clusterOf(tree);
        const named = whoCan(cluster, question).grantees.some(({ kind, name, namespace }) => {
          if (kind === 'Group') return question.groups.includes(name);
          return (kind === 'ServiceAccount' ? accountUserName(namespace, name) : name) === question.user;
        });
        expect(named).toBe(allows(cluster, question));
      }),
    );
  });
});
