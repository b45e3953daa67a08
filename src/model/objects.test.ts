import { describe, expect, it } from 'vitest';
import { readDocuments } from '../text/read.ts';
import { objectValue } from './object-value.ts';
import { objectsOf } from './objects.ts';

function read(text: string, path = 'a.yaml') {
  return objectsOf(readDocuments({ path, text }).documents);
}

describe('the objects of documents', () => {
  it('have group, version, kind, name and namespace as written', () => {
    const { objects } = read('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: b}\n');
    expect(objects).toMatchObject([
      { group: 'apps', version: 'v1', kind: 'Deployment', name: 'a', namespace: 'b', generateName: '', path: [] },
    ]);
  });

  it('are found in lists, in lists of lists, and in typed lists whose items name no kind', () => {
    const { objects } = read(`apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: a}}
- apiVersion: v1
  kind: PodList
  items: [{metadata: {name: b}}]
`);
    expect(objects.map(({ kind, name, path }) => [kind, name, path])).toEqual([
      ['Pod', 'a', ['items', 0]],
      ['Pod', 'b', ['items', 1, 'items', 0]],
    ]);
  });

  it('are copies of earlier ones that hold the same in the same order', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n';
    const { objects } = read(
      ['  name: a\n  labels: {b: c}', '  labels: {b: c}\n  name: a', '  name: a\n  labels: {b: c}\n# again']
        .map((rest) => `${account}${rest}\n`)
        .join('---\n'),
    );
    expect(objects.map(({ copyOf }) => copyOf && objects.indexOf(copyOf))).toEqual([undefined, undefined, 0]);
  });

  it('leave out what is not an object', () => {
    const { objects, problems } = read('replicas: 2\n---\n- 1\n---\n# nothing\n---\nkind: Deployment\nimage: a\n');
    expect([objects.length, problems.length]).toEqual([0, 0]);
  });

  it.each([
    ['apiVersion: v1\nmetadata: {name: a}\n', "Object 'Kind' is missing", 'say what this is: `kind`'],
    ['apiVersion: v1\nKind: Pod\n', "Object 'Kind' is missing", 'write `kind`, not `Kind`'],
    ['kind: Pod\nmetadata: {name: a}\n', "Object 'apiVersion' is missing", 'say what this is: `apiVersion`'],
    [
      'apiVersion: 1\nkind: Pod\nmetadata: {}\n',
      "Object 'apiVersion' is missing",
      '`apiVersion` must be text that is not empty',
    ],
    [
      'apiVersion: a/b/c\nkind: Pod\nmetadata: {}\n',
      'unexpected GroupVersion string: a/b/c',
      '`apiVersion` must be text that is not empty',
    ],
  ])('are refused without apiVersion and kind: %j', (text, message, hint) => {
    expect(read(text).problems).toMatchObject([{ rule: 'schema', message, hint }]);
  });
});

describe('the value of an object', () => {
  const value = (text: string, minor = 37, path = 'a.yaml'): unknown => {
    const [object] = read(text, path).objects;
    return object && objectValue(object, { minor });
  };

  it('lacks what is wrongly typed or null, keeps what is unknown, and has canonical quantities', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: 1, labels: null, annotations: {a: 1, b: c}}
spec:
  foo: {bar: [1, null]}
  hostPID: "true"
  priority: 1.5
  containers: [null, 7, {name: a, resources: {limits: {cpu: 1000m, memory: x}}}]
`;
    expect(value(text)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { annotations: { b: 'c' } },
      spec: {
        foo: { bar: [1, null] },
        containers: [{}, { name: 'a', resources: { limits: { cpu: '1' } } }],
      },
    });
  });

  it('lacks fields that only other versions have', () => {
    expect(value('apiVersion: v1\nkind: Pod\nspec: {hostUsers: false}\n', 24)).toMatchObject({ spec: {} });
    expect(value('apiVersion: v1\nkind: Pod\nspec: {hostUsers: false}\n', 25)).toMatchObject({
      spec: { hostUsers: false },
    });
  });

  it('has the types of its kind in a version that does not exist, and any in a group that is not known', () => {
    const binding = (apiVersion: string): unknown =>
      value(`apiVersion: ${apiVersion}\nkind: RoleBinding\nsubjects: 3\nroleRef: {name: [a], kind: Role}\n`);
    const group = 'rbac.authorization.k8s.io';
    expect(binding(`${group}/v99`)).toEqual({
      apiVersion: `${group}/v99`,
      kind: 'RoleBinding',
      roleRef: { kind: 'Role' },
    });
    expect(binding('example.org/v1')).toMatchObject({ subjects: 3, roleRef: { name: ['a'] } });
  });

  it('is the same object each time, and safe with the names of JavaScript', () => {
    const [object] = read('apiVersion: v1\nkind: ConfigMap\ndata: {__proto__: a, constructor: b}\n').objects;
    const first = object && objectValue(object, { minor: 30 });
    expect(object && objectValue(object, { minor: 30 })).toBe(first);
    expect(Object.keys(first?.data as object)).toEqual(['__proto__', 'constructor']);
  });
});
