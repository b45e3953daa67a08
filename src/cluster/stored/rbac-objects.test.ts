import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../model/object.ts';
import { labelSelectorMatches } from '../../lang/label-selector.ts';
import { aggregatedRules } from './aggregated-rules.ts';
import { bootstrapRBAC } from './bootstrap-rbac.ts';
import type { ClusterSettings } from '../index/cluster.ts';
import { loadCluster } from '../load/load-cluster.ts';
import { manifestsOf } from '../load/manifest.fixture.ts';
import { type RBACObjects, rbacObjects } from './rbac-objects.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';

function objectsFrom(
  objects: readonly JsonObject[],
  settings: ClusterSettings = { bootstrapRBAC: false },
): RBACObjects {
  return rbacObjects(loadCluster(manifestsOf('rbac.yaml', ...objects), { settings }));
}

function clusterRole(name: string, verbs: string[], fields: JsonObject = {}, labels: JsonObject = {}): JsonObject {
  const rules: Json[] = verbs.map((verb) => ({ verbs: [verb], apiGroups: [''], resources: ['pods'] }));
  return { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules, ...fields };
}

function binding(fields: JsonObject): JsonObject {
  const roleRef = { kind: 'ClusterRole', name: 'view' };
  return { apiVersion, kind: 'ClusterRoleBinding', metadata: { name: 'b' }, roleRef, ...fields };
}

describe('what the server stores', () => {
  test('has the groups of subjects and roles filled in', () => {
    const subjects = [
      { kind: 'User', name: 'a' },
      { kind: 'Group', name: 'b' },
      { kind: 'ServiceAccount', name: 'c', namespace: 'd' },
    ];
    const [stored] = objectsFrom([binding({ subjects })]).bindings;
    expect(stored?.roleRef.apiGroup).toBe('rbac.authorization.k8s.io');
    expect(stored?.subjects.map((subject) => subject.apiGroup)).toEqual([
      'rbac.authorization.k8s.io',
      'rbac.authorization.k8s.io',
      '',
    ]);
  });

  test('reads v1alpha1 as it was meant: the user * is everybody who logged in', () => {
    const subjects = [{ kind: 'User', apiVersion: 'rbac.authorization.k8s.io/v1alpha1', name: '*' }];
    const old = binding({ apiVersion: 'rbac.authorization.k8s.io/v1alpha1', subjects });
    const [stored] = objectsFrom([old], { bootstrapRBAC: false, kubernetesVersion: '1.19' }).bindings;
    expect(stored?.subjects).toMatchObject([{ kind: 'Group', name: 'system:authenticated' }]);
  });

  test('keeps apart manifests whose names the server makes up', () => {
    const generated = binding({ metadata: { generateName: 'b-' } });
    expect(objectsFrom([generated, generated]).bindings).toHaveLength(2);
  });

  test.each<[string, JsonObject, string]>([
    [
      'a rule without verbs',
      { apiVersion, kind: 'Role', metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['pods'] }] },
      'Role.rbac.authorization.k8s.io "r" is invalid: rules[0].verbs: Required value: verbs must contain at least one value',
    ],
    [
      'URLs in a namespace',
      { apiVersion, kind: 'Role', metadata: { name: 'r' }, rules: [{ verbs: ['get'], nonResourceURLs: ['/a', '/b'] }] },
      'Role.rbac.authorization.k8s.io "r" is invalid: rules[0].nonResourceURLs: Invalid value: []string{"/a", "/b"}: namespaced rules cannot apply to non-resource URLs',
    ],
    [
      'an account without namespace bound everywhere',
      binding({ subjects: [{ kind: 'ServiceAccount', name: 'x' }] }),
      'ClusterRoleBinding.rbac.authorization.k8s.io "b" is invalid: subjects[0].namespace: Required value',
    ],
    [
      'a Role bound everywhere, to an account in the wrong group',
      binding({
        roleRef: { kind: 'Role', name: 'a/b' },
        subjects: [{ kind: 'ServiceAccount', apiGroup: 'v1', name: 'x', namespace: 'y' }],
      }),
      'ClusterRoleBinding.rbac.authorization.k8s.io "b" is invalid: [roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole", roleRef.name: Invalid value: "a/b": may not contain \'/\', subjects[0].apiGroup: Unsupported value: "v1": supported values: ""]',
    ],
    [
      'an aggregation of nothing',
      clusterRole('r', [], { aggregationRule: {} }),
      'ClusterRole.rbac.authorization.k8s.io "r" is invalid: aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil',
    ],
  ])('is not %s', (_, object, message) => {
    const { roles, bindings } = objectsFrom([object]);
    expect([...roles, ...bindings]).toEqual([]);
    const { refused } = loadCluster(manifestsOf('rbac.yaml', object), { settings: { kubernetesVersion: '1.24' } });
    expect([...refused.values()].map((each) => each.message)).toEqual([message]);
  });

  test('stays the earlier manifest where the later one is refused', () => {
    const { roles } = objectsFrom([clusterRole('r', ['get']), clusterRole('r', [], { rules: [{}] })]);
    expect(roles.map((role) => role.rules[0]?.verbs)).toEqual([['get']]);
  });
});

describe('aggregated roles', () => {
  const aggregate = (...selectors: Json[]): JsonObject => ({ aggregationRule: { clusterRoleSelectors: selectors } });
  const verbsOf = (objects: readonly JsonObject[], name: string): (readonly string[] | undefined)[] => {
    const rules = aggregatedRules(objectsFrom(objects).roles);
    return [...rules].filter(([role]) => role.name === name).flatMap(([, list]) => list.map(({ rule }) => rule.verbs));
  };
  const selects = (label: string): Json => ({ matchLabels: { [label]: 'true' } });

  test('hold what they select by name, equal rules once, instead of their own', () => {
    const objects = [
      clusterRole('all', ['patch'], aggregate(selects('x'), selects('y')), { x: 'true' }),
      clusterRole('b', ['list', 'get'], {}, { x: 'true', y: 'true' }),
      clusterRole('a', ['get', 'watch'], {}, { x: 'true' }),
      clusterRole('c', ['create'], {}, { y: 'false' }),
    ];
    expect(verbsOf(objects, 'all')).toEqual([['get'], ['watch'], ['list']]);
  });

  test('chain', () => {
    const objects = [
      clusterRole('a', [], aggregate(selects('b'))),
      clusterRole('b', [], aggregate(selects('c')), { b: 'true' }),
      clusterRole('c', [], aggregate(selects('d')), { c: 'true' }),
      clusterRole('d', ['get'], {}, { d: 'true' }),
    ];
    expect(verbsOf(objects, 'a')).toEqual([['get']]);
  });

  test('that select each other come to rest', () => {
    const objects = [
      clusterRole('a', [], aggregate(selects('x')), { y: 'true' }),
      clusterRole('b', [], aggregate(selects('y')), { x: 'true' }),
    ];
    expect(verbsOf(objects, 'a')).toEqual([]);
  });

  test.each([
    [{}, true],
    [{ matchLabels: { a: '1' } }, true],
    [{ matchLabels: { a: '2' } }, false],
    [{ matchLabels: { constructor: 'x' } }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1', '2'] }] }, true],
    [{ matchExpressions: [{ key: 'b', operator: 'In', values: ['1'] }] }, false],
    [{ matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['1'] }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['1'] }] }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, false],
  ])('select by %j: %s', (selector, matches) => {
    expect(labelSelectorMatches(selector, new Map([['a', '1']]))).toBe(matches);
  });
});

describe('bootstrap RBAC', () => {
  test('is there unless switched off, and gives way to a manifest of the same name', () => {
    const manifest = clusterRole('view', ['get']);
    const { roles } = objectsFrom([manifest], { kubernetesVersion: '1.24' });
    expect(roles.filter(({ name }) => name === 'view').map(({ rules }) => rules.length)).toEqual([1]);
    expect(roles.some(({ name }) => name === 'cluster-admin')).toBe(true);
    expect(objectsFrom([manifest]).roles).toHaveLength(1);
  });

  test('changes with the version', () => {
    const names = (minor: number): string[] => bootstrapRBAC({ minor }).roles.map(({ name }) => name);
    expect(names(14)).toContain('system:aws-cloud-provider');
    expect(names(15)).not.toContain('system:aws-cloud-provider');
    expect(names(13)).not.toContain('system:public-info-viewer');
    const discovery = (minor: number): readonly { readonly name: string }[] | undefined =>
      bootstrapRBAC({ minor }).bindings.find(({ name }) => name === 'system:discovery')?.subjects;
    expect(discovery(13)?.map(({ name }) => name)).toEqual(['system:authenticated', 'system:unauthenticated']);
    expect(discovery(14)?.map(({ name }) => name)).toEqual(['system:authenticated']);
  });

  test('of every version holds the user-facing roles, each identity once', () => {
    for (let minor = 11; minor <= 37; minor++) {
      const { roles, bindings } = bootstrapRBAC({ minor });
      const names = [...roles, ...bindings].map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`);
      expect(new Set(names).size).toBe(names.length);
      for (const name of ['admin', 'edit', 'view', 'cluster-admin', 'system:node'])
        expect(names).toContain(`ClusterRole//${name}`);
      expect(names).toContain('ClusterRoleBinding//system:controller:replicaset-controller');
    }
  });

  test('lets admin do what edit may, through aggregation', () => {
    const rules = aggregatedRules(bootstrapRBAC({ minor: 24 }).roles.filter(({ kind }) => kind === 'ClusterRole'));
    const texts = (name: string): string[] =>
      [...rules]
        .filter(([role]) => role.name === name)
        .flatMap(([, list]) => list.map(({ rule }) => JSON.stringify(rule)));
    expect(texts('edit').length).toBeGreaterThan(5);
    expect(texts('admin')).toEqual(expect.arrayContaining(texts('edit')));
  });

  test('of an unknown version is that of the nearest known one', () => {
    expect(bootstrapRBAC({ minor: 9 })).toBe(bootstrapRBAC({ minor: 11 }));
    expect(bootstrapRBAC({ minor: 40 })).toBe(bootstrapRBAC({ minor: 37 }));
  });
});
