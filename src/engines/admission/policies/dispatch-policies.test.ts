import { describe, expect, it } from 'vitest';
import { wholeNumbersAreInts } from '../../../lang/cel/values/json-values.ts';
import { readAdmissionPolicy, readAdmissionPolicyBinding } from '../../../model/kinds/admission-policy.ts';
import type { JsonObject } from '../../../model/object.ts';
import { dispatchPolicies, type PolicyVerdict } from './dispatch-policies.ts';
import { policyHooks } from './policy-hooks.ts';
import { baseEnvironment } from './policy-expressions.ts';
import type { PolicyRequest, PolicySurroundings } from './policy-request.ts';

const BASE = baseEnvironment(37, undefined);
const AROUND: PolicySurroundings = {
  namespace: (name) => (name === 'team' ? { metadata: { name, labels: { env: 'prod' } } } : undefined),
  params: ({ kind }) =>
    kind === 'ConfigMap'
      ? {
          namespaced: true,
          objects: ['b', 'a'].map((name) => ({ metadata: { name, namespace: 'team' }, data: { most: '3' } })),
        }
      : undefined,
  equivalents: () => [],
  convert: (object) => object,
  isBuiltIn: () => true,
  authorize: () => ({ allowed: false, reason: '' }),
};
const REQUEST: PolicyRequest = {
  operation: 'CREATE',
  user: { name: 'alice', uid: '', groups: [], extra: {} },
  kind: { group: 'apps', version: 'v1', kind: 'Deployment' },
  resource: { group: 'apps', version: 'v1', resource: 'deployments' },
  subresource: '',
  name: 'web',
  namespace: 'team',
  object: { metadata: { name: 'web', namespace: 'team' }, spec: { replicas: 5 } },
  oldObject: undefined,
  dryRun: false,
  options: undefined,
};

function ask(spec: JsonObject, binding: JsonObject = {}, request: Partial<PolicyRequest> = {}): PolicyVerdict {
  const policy = { metadata: { name: 'p' }, spec: { matchConstraints: {}, ...spec } };
  const bound = { metadata: { name: 'b' }, spec: { policyName: 'p', validationActions: ['Deny'], ...binding } };
  const hooks = policyHooks([readAdmissionPolicy(policy)], [readAdmissionPolicyBinding(bound)], BASE);
  return dispatchPolicies(hooks, { ...REQUEST, ...request }, AROUND, wholeNumbersAreInts);
}

function refusal(...parameters: Parameters<typeof ask>): string | undefined {
  const prefix = `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: `;
  return ask(...parameters).rejection?.message.replace(prefix, '');
}

describe('dispatchPolicies', () => {
  it('refuses in the words of the server', () => {
    const validations = [{ expression: 'object.spec.replicas <= 3' }];
    expect(ask({ validations }).rejection).toEqual({
      code: 422,
      reason: 'Invalid',
      message:
        "deployments.apps \"web\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed expression: object.spec.replicas <= 3",
    });
  });

  it('takes the message of an expression, and the code of the reason', () => {
    const validations = [
      { expression: 'false', reason: 'Forbidden', messageExpression: "'only ' + string(object.spec.replicas)" },
    ];
    expect(ask({ validations }).rejection?.code).toBe(403);
    expect(refusal({ validations })).toBe('only 5');
  });

  it('evaluates variables where they are used, which may use those before them', () => {
    const variables = [
      { name: 'a', expression: 'object.spec.replicas' },
      { name: 'b', expression: 'variables.a + 1' },
      { name: 'broken', expression: 'object.spec.missing' },
    ];
    expect(refusal({ variables, validations: [{ expression: 'variables.b == 6' }] })).toBeUndefined();
    expect(refusal({ variables, validations: [{ expression: 'variables.broken == 1' }] })).toBe(
      `expression 'variables.broken == 1' resulted in error: composited variable "broken" fails to evaluate: no such key: missing`,
    );
  });

  it('lets a false condition beat errors, and Ignore forgive errors only', () => {
    const validations = [{ expression: 'false' }];
    const broken = { name: 'x', expression: 'object.missing == 1' };
    const unmet = { name: 'y', expression: 'false' };
    expect(refusal({ validations, matchConditions: [broken, unmet] })).toBeUndefined();
    expect(refusal({ validations, matchConditions: [broken] })).toBe(
      "expression 'object.missing == 1' resulted in error: no such key: missing",
    );
    expect(refusal({ validations, matchConditions: [broken], failurePolicy: 'Ignore' })).toBeUndefined();
    expect(refusal({ validations, failurePolicy: 'Ignore' })).toBe('failed expression: false');
  });

  it('evaluates once for each parameter that a selector finds, and says which are missing', () => {
    const spec = {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      validations: [{ expression: 'false', messageExpression: 'string(params.metadata.name)' }],
    };
    expect(refusal(spec, { paramRef: { selector: {}, parameterNotFoundAction: 'Deny' } })).toBe('a');
    expect(refusal(spec, { paramRef: { name: 'c', parameterNotFoundAction: 'Allow' } })).toBeUndefined();
    expect(refusal(spec, { paramRef: { name: 'c', parameterNotFoundAction: 'Deny' } })).toBe(
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
    );
  });

  it('warns and annotates as the actions of the binding say', () => {
    const verdict = ask({ validations: [{ expression: '1 > 2 && true' }] }, { validationActions: ['Warn', 'Audit'] });
    expect(verdict.rejection).toBeUndefined();
    expect(verdict.warnings).toEqual([
      "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': failed expression: 1 > 2 && true",
    ]);
    expect(Object.values(verdict.auditAnnotations)).toEqual([
      String.raw`[{"message":"failed expression: 1 \u003e 2 \u0026\u0026 true","policy":"p","binding":"b","expressionIndex":0,"validationActions":["Warn","Audit"]}]`,
    ]);
  });

  it('selects no object without metadata', () => {
    const selected = { objectSelector: { matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] } };
    const spec = { matchConstraints: selected, validations: [{ expression: 'false' }] };
    expect(refusal(spec)).toBe('failed expression: false');
    const kind = { group: '', version: 'v1', kind: 'PodExecOptions' };
    expect(refusal(spec, {}, { operation: 'CONNECT', kind, object: { command: ['ls'] } })).toBeUndefined();
  });

  it('answers that a namespace does not exist before anything is evaluated', () => {
    const validations = [{ expression: 'true' }];
    expect(ask({ validations }, {}, { namespace: 'gone' }).rejection).toEqual({
      code: 404,
      reason: 'NotFound',
      message: 'namespaces "gone" not found',
    });
  });

  it('ends costly expressions at the limits of the server', () => {
    const nested = 'lists.range(1000)';
    const costly = { expression: `${nested}.all(a, ${nested}.all(b, ${nested}.all(c, c >= 0)))` };
    expect(refusal({ validations: [costly] })).toMatch(/operation cancelled: actual cost limit exceeded$/);
    expect(refusal({ validations: Array.from({ length: 11 }, () => costly) })).toBe(
      'validation failed due to running out of cost budget, no further validation rules will be run',
    );
  });

  it('leaves out what an exclusion matches, and shows conditions no namespace', () => {
    const rule = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['*'], resources: ['deployments'] };
    const validations = [{ expression: 'false' }];
    const excluding = { matchConstraints: { resourceRules: [rule], excludeResourceRules: [rule] }, validations };
    expect(refusal(excluding)).toBeUndefined();
    const named = { ...rule, resourceNames: ['other'] };
    expect(refusal({ ...excluding, matchConstraints: { excludeResourceRules: [named] } })).toBe(
      'failed expression: false',
    );
    const matchConditions = [{ name: 'x', expression: 'namespaceObject == null' }];
    expect(refusal({ validations, matchConditions })).toBe('failed expression: false');
    expect(refusal({ validations: [{ expression: 'namespaceObject == null' }] })).toBe(
      'failed expression: namespaceObject == null',
    );
  });

  it('counts what variables cost against the policy', () => {
    const check = "authorizer.group('').resource('pods').check('get').allowed()";
    const names = Array.from({ length: 16 }, (_, index) => `v${index}`);
    const variables = names.map((name) => ({ name, expression: `${check} || ${check}` }));
    const validations = names.map((name) => ({ expression: `variables.${name} || true` }));
    expect(refusal({ variables, validations })).toBe(
      'validation failed due to running out of cost budget, no further validation rules will be run',
    );
    expect(refusal({ variables, validations: validations.slice(0, 8) })).toBeUndefined();
  });

  it('remarks errors that are ignored, and warnings', () => {
    const broken = [{ expression: 'object.missing == 1' }];
    expect(ask({ validations: broken, failurePolicy: 'Ignore' }).remarks).toMatchObject([
      { is: 'ignored', message: "expression 'object.missing == 1' resulted in error: no such key: missing" },
    ]);
    const warned = ask({ validations: [{ expression: 'false' }] }, { validationActions: ['Warn'] });
    expect(warned.remarks).toMatchObject([{ is: 'warning', place: { path: ['validations', 0, 'expression'] } }]);
    expect(warned.denials).toEqual([]);
  });
});
