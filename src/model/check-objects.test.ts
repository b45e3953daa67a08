import { describe, expect, it } from 'vitest';
import { readDocuments } from '../text/read.ts';
import { checkObjects } from './check-objects.ts';
import { customKinds } from './custom-kinds.ts';
import { objectsOf } from './objects.ts';

function check(text: string, minor = 37, path = 'a.yaml') {
  const { objects } = objectsOf(readDocuments({ path, text }).documents);
  const { problems, unjudged } = checkObjects(objects, { minor }, customKinds(objects, { minor }));
  return {
    unjudged: [...unjudged],
    problems: problems.map(({ rule, severity, message, hint, span }) => ({
      rule,
      severity,
      message,
      hint,
      at: text.slice(span.start, span.end),
    })),
  };
}

const POD = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n';

describe('fields', () => {
  it('that no version has are unknown, with the nearest name', () => {
    expect(check(`${POD}    securitycontext: {}\n`).problems).toEqual([
      {
        rule: 'unknown-field',
        severity: 'warning',
        message: 'unknown field "spec.containers[0].securitycontext"',
        hint: 'did you mean `securityContext`?',
        at: 'securitycontext',
      },
    ]);
  });

  it.each([
    ['Pod', 'metadata: {creationTimestamp: yesterday}'],
    ['Pod', 'spec: {containers: [{name: a, resources: {limits: {cpu: many}}}]}'],
    ['Pod', 'spec: {containers: [7]}'],
    ['Service', 'spec: {ports: [{port: 1.5}]}'],
    ['Service', 'spec: {ports: [{port: 1, targetPort: true}]}'],
    ['ConfigMap', 'binaryData: {a: "#"}'],
    ['ConfigMap', 'data: {a: 1}'],
  ])('of a %s that cannot be decoded are told: %s', (kind, rest) => {
    expect(check(`apiVersion: v1\nkind: ${kind}\n${rest}\n`).problems.map(({ rule }) => rule)).toEqual(['schema']);
  });

  it('of later versions are unknown, with the version', () => {
    expect(check(`${POD}  hostUsers: false\n`, 24).problems[0]?.hint).toBe(
      'the field exists from 1.25 on, the target is 1.24',
    );
  });

  it('of the wrong type are all told, in the words of the server', () => {
    expect(check(`${POD}    env: [{name: A, value: 8080}]\n  hostPID: "yes"\n`).problems).toEqual([
      {
        rule: 'schema',
        severity: 'error',
        message: 'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
        hint: 'text is expected: put it in quotes, "8080"',
        at: '8080',
      },
      {
        rule: 'schema',
        severity: 'error',
        message: 'json: cannot unmarshal string into Go struct field PodSpec.spec.hostPID of type bool',
        hint: 'set `true` or `false`',
        at: '"yes"',
      },
    ]);
  });

  it('repeated in JSON are told', () => {
    const text = '{"apiVersion":"v1","kind":"Pod","spec":{"hostPID":true,"hostPID":false}}';
    expect(check(text, 37, 'a.json').problems).toMatchObject([
      { rule: 'duplicate-key', message: 'duplicate field "spec.hostPID"' },
    ]);
  });

  it('that are directives of a patch are none', () => {
    expect(check(`${POD}  $patch: delete\n`).problems).toEqual([]);
  });
});

describe('API versions', () => {
  it('names no list as what to write in place of an object', () => {
    const [problem] = check('apiVersion: networking.k8s.io/v1beta1\nkind: IngressClass\n', 24).problems;
    expect(problem?.hint).toMatch(/; write `apiVersion: networking\.k8s\.io\/v1`$/);
  });

  it('that are gone are errors that say what to write', () => {
    expect(check('apiVersion: extensions/v1beta1\nkind: Ingress\n', 24).problems).toEqual([
      {
        rule: 'api-version',
        severity: 'error',
        message: 'no matches for kind "Ingress" in version "extensions/v1beta1"',
        hint: 'extensions/v1beta1 Ingress is no longer served: removed in 1.22, the target is 1.24; write `apiVersion: networking.k8s.io/v1`',
        at: 'extensions/v1beta1',
      },
    ]);
  });

  it('that are deprecated are warnings in the words of the server', () => {
    expect(check('apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\n', 24).problems).toMatchObject([
      {
        severity: 'warning',
        message:
          'policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget',
      },
    ]);
    expect(check('apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\n', 20).problems).toEqual([]);
  });

  it('that are to come are errors, with what serves the kind now', () => {
    expect(check('apiVersion: batch/v1\nkind: CronJob\n', 20).problems[0]?.hint).toBe(
      'batch/v1 CronJob is served from 1.21 on, the target is 1.20; write `apiVersion: batch/v1beta1`',
    );
  });
});

describe('kinds', () => {
  it('that a built-in group does not have are unknown', () => {
    expect(check('apiVersion: apps/v1\nkind: Deploymnt\n').problems).toMatchObject([
      { rule: 'unknown-kind', hint: 'did you mean `Deployment`?', at: 'Deploymnt' },
    ]);
    expect(check('apiVersion: v1\nkind: Deployment\n').problems).toMatchObject([
      { rule: 'unknown-kind', hint: 'write `apiVersion: apps/v1`' },
    ]);
  });

  it('of other groups are counted, and so are files that are no objects', () => {
    expect(check('apiVersion: example.org/v1\nkind: Foo\nspec: 1\n')).toEqual({
      problems: [],
      unjudged: [['example.org/v1 Foo', 1]],
    });
    expect(check('apiVersion: v1\nkind: Config\nclusters: []\n').problems).toEqual([]);
  });
});

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: foos.example.org}
spec:
  group: example.org
  names: {kind: Foo, plural: foos}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              size: {type: integer}
              port: {x-kubernetes-int-or-string: true}
              extra: {type: object, x-kubernetes-preserve-unknown-fields: true}
              labels: {type: object, additionalProperties: {type: string}}
              template: {type: object, x-kubernetes-embedded-resource: true, properties: {data: {type: string}}}
---
`;

describe('custom resources', () => {
  it('are held to the schema of their definition', () => {
    const { problems } = check(`${CRD}apiVersion: example.org/v1\nkind: Foo\nspec: {size: big, sice: 1, port: http}\n`);
    expect(problems).toMatchObject([
      {
        rule: 'schema',
        message: 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
      },
      { rule: 'unknown-field', message: 'unknown field "spec.sice"', hint: 'did you mean `size`?' },
    ]);
  });

  it('cannot redefine what Kubernetes serves itself', () => {
    const crd = CRD.replaceAll('example.org', 'apps').replace('kind: Foo', 'kind: Deployment');
    const { problems } = check(`${crd}apiVersion: apps/v1\nkind: Deployment\nspec: {size: 1, replicas: 1}\n`);
    expect(problems).toMatchObject([{ rule: 'unknown-field', message: 'unknown field "spec.size"' }]);
  });

  it('may hold anything where the schema says so, and metadata everywhere it belongs', () => {
    const spec =
      'spec: {extra: {a: {b: 1}}, labels: {x: z}, template: {apiVersion: v1, kind: A, metadata: {name: b}, data: c}}';
    expect(check(`${CRD}apiVersion: example.org/v1\nkind: Foo\nmetadata: {name: a}\n${spec}\n`)).toEqual({
      problems: [],
      unjudged: [],
    });
  });

  it('with two definitions that differ are not judged', () => {
    const other = CRD.replace('type: integer', 'type: string');
    const foo = 'apiVersion: example.org/v1\nkind: Foo\nspec: {size: big}\n';
    expect(check(CRD + other + foo)).toEqual({ problems: [], unjudged: [['example.org/v1 Foo', 1]] });
    expect(check(CRD + CRD + foo).problems).toHaveLength(1);
  });

  it('keep unknown fields in v1beta1 unless it says otherwise', () => {
    const old = CRD.replace('apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1');
    const foo = 'apiVersion: example.org/v1\nkind: Foo\nspec: {sice: 1}\n';
    expect(check(old + foo, 20).problems.filter(({ rule }) => rule === 'unknown-field')).toEqual([]);
    const pruning = old.replace('  scope:', '  preserveUnknownFields: false\n  scope:');
    expect(check(pruning + foo, 20).problems.filter(({ rule }) => rule === 'unknown-field')).toHaveLength(1);
  });

  it('survive a schema that makes no sense', () => {
    const absurd = CRD.replace('properties:\n          spec:', 'properties: 7\n        x:\n          spec:');
    expect(check(`${absurd}apiVersion: example.org/v1\nkind: Foo\nspec: 1\n`).problems).toBeInstanceOf(Array);
  });
});
