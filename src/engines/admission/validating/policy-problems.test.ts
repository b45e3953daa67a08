import { describe, expect, test } from 'vitest';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { policyProblems } from './policy-problems.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';

interface Policy {
  readonly expression?: string;
  readonly spec?: JsonObject;
  readonly groups?: readonly string[];
  readonly resources?: readonly string[];
}

function policy({
  expression = 'true',
  spec = {},
  groups = ['apps'],
  resources = ['deployments'],
}: Policy): JsonObject {
  const rule = { apiGroups: [...groups], apiVersions: ['v1'], operations: ['*'], resources: [...resources] };
  const validations = [{ expression }];
  return {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'p' },
    spec: { matchConstraints: { resourceRules: [rule] }, validations, ...spec },
  };
}

function binding(spec: JsonObject = {}): JsonObject {
  return {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'b' },
    spec: { policyName: 'p', validationActions: ['Deny'], ...spec },
  };
}

/** The problems of the first object. */
function problems(...objects: JsonObject[]): unknown[] {
  const manifests = manifestsOf('cluster.yaml', ...objects);
  const cluster = loadCluster(manifests, { settings: { kubernetesVersion: '1.37' } });
  const [first] = manifests;
  return first === undefined ? [] : [...policyProblems(cluster, first)];
}

const unfit = (...kinds: readonly string[]): object => ({
  is: 'unfit',
  path: ['spec', 'validations', 0, 'expression'],
  kinds,
  issue: "undefined field 'foo'",
});

describe('policyProblems', () => {
  test('finds what the server refuses, and then nothing else', () => {
    expect(problems(policy({ expression: '1' }))).toEqual([
      {
        is: 'refused',
        path: ['spec', 'validations', 0, 'expression'],
        message: 'spec.validations[0].expression: Invalid value: "1": must evaluate to bool but got int',
      },
    ]);
  });

  test('finds policies without a binding, and bindings without their policy', () => {
    expect(problems(policy({}), binding())).toEqual([]);
    expect(problems(policy({}), binding({ policyName: 'q' }))).toEqual([{ is: 'unbound' }]);
    expect(problems(binding({ policyName: 'q' }), policy({}))).toEqual([
      { is: 'unknown-policy', path: ['spec', 'policyName'], policy: 'q' },
    ]);
  });

  test.each([
    [['apps'], ['deployments'], true],
    [['apps'], ['deployments/scale'], true],
    [['*'], ['*/*'], true],
    [[''], ['deployments'], false],
    [['apps'], ['Deployment'], false],
    [['apps'], ['deployments/log'], false],
  ])('knows whether %j %j are served: %s', (groups, resources, isServed) => {
    const found = problems(policy({ groups, resources }), binding());
    expect(found).toEqual(
      isServed ? [] : [{ is: 'unserved', path: ['spec', 'matchConstraints', 'resourceRules'], resources }],
    );
  });

  test('tells a fault of types where every kind has it', () => {
    const both = { groups: ['', 'apps'], resources: ['pods', 'deployments'] };
    expect(problems(policy({ expression: 'object.spec.foo == 1' }), binding())).toEqual([unfit('Deployment')]);
    expect(problems(policy({ expression: 'object.spec.foo == 1', ...both }), binding())).toEqual([
      unfit('Pod', 'Deployment'),
    ]);
    expect(problems(policy({ expression: 'object.spec.replicas == 1', ...both }), binding())).toEqual([]);
    // The server checks ten kinds at most; the last one is not among them.
    const many = { groups: [''], resources: ['bindings', 'configmaps', 'endpoints', 'events', 'namespaces', 'nodes'] };
    const more = [...many.resources, 'persistentvolumeclaims', 'persistentvolumes', 'pods', 'secrets', 'services'];
    const found = problems(policy({ expression: 'object.foo == 1', ...many, resources: more }), binding());
    expect(found).toMatchObject([{ is: 'unfit', kinds: { length: 10 } }]);
    const open = { ...both, resources: ['*'] };
    expect(problems(policy({ expression: 'object.spec.foo == 1', ...open }), binding())).toEqual([]);
  });

  test.each([
    "object.spec.template.spec.containers.all(c, has(c.resources.limits) && c.resources.limits['cpu'] == '1')",
    "object.metadata.creationTimestamp == '' && object.metadata.namespace == 'a'",
    'object.spec.strategy.rollingUpdate.maxSurge == 1',
    'variables.spec.foo == 1',
  ])('takes quantities, times and what may be a number or a text as expressions meet them: %s', (expression) => {
    const variables = [{ name: 'spec', expression: 'object.spec' }];
    expect(problems(policy({ expression, spec: { variables } }), binding())).toEqual([]);
  });

  test('looks for parameters where they are', () => {
    const spec = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
    const limits = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'limits', namespace: 'a' } };
    const reference = (fields: JsonObject): JsonObject =>
      binding({ paramRef: { parameterNotFoundAction: 'Deny', ...fields } });
    const missing = { is: 'missing-params', path: ['spec', 'paramRef'], kind: 'ConfigMap', denies: true };
    const found = (fields: JsonObject): unknown[] => problems(reference(fields), policy({ spec }), limits);
    expect(found({ name: 'limits' })).toEqual([]);
    expect(found({ name: 'limits', namespace: 'a' })).toEqual([]);
    expect(found({ name: 'limits', namespace: 'b' })).toEqual([missing]);
    expect(found({ selector: { matchLabels: { x: 'y' } } })).toEqual([missing]);
    expect(problems(binding(), policy({ spec }), limits)).toEqual([
      { is: 'no-param-ref', path: ['spec'], policy: 'p', kind: 'ConfigMap' },
    ]);
    expect(problems(reference({ name: 'limits' }), policy({}), limits)).toEqual([
      { is: 'unread-params', path: ['spec', 'paramRef'], policy: 'p' },
    ]);
  });

  test('looks for namespaces that a selector matches', () => {
    const matchResources = { namespaceSelector: { matchLabels: { env: 'prod' } } };
    const none = { is: 'no-namespace', path: ['spec', 'matchResources', 'namespaceSelector'] };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', labels: { env: 'prod' } } };
    expect(problems(binding({ matchResources }), policy({}))).toEqual([none]);
    expect(problems(binding({ matchResources }), policy({}), namespace)).toEqual([]);
  });
});
