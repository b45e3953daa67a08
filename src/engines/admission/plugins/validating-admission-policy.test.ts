import { describe, expect, test } from 'vitest';
import type { ClusterSettings, UserInfo } from '../../../cluster/index/cluster.ts';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type AdmissionVerdict, runAdmission } from '../chain.ts';
import { podAdmission } from '../pod-admission.ts';

const GROUP = 'admissionregistration.k8s.io/v1';
const PODS = { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] };

function policy(spec: JsonObject, name = 'p'): JsonObject {
  const kind = 'ValidatingAdmissionPolicy';
  return { apiVersion: GROUP, kind, metadata: { name }, spec: { matchConstraints: PODS, ...spec } };
}

function binding(spec: JsonObject = {}, name = 'p'): JsonObject {
  const kind = 'ValidatingAdmissionPolicyBinding';
  return {
    apiVersion: GROUP,
    kind,
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'], ...spec },
  };
}

function configMap(name: string, data: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'team' }, data };
}

interface Asked extends ClusterSettings {
  readonly user?: UserInfo;
  readonly metadata?: JsonObject;
}

function ask(objects: JsonObject[], asked: Asked = {}): AdmissionVerdict {
  const { user = { name: 'alice', groups: [] }, metadata = { name: 'web' }, ...settings } = asked;
  const cluster = loadCluster(manifestsOf('cluster.yaml', ...objects), { settings });
  const spec = { containers: [{ name: 'c', image: 'nginx:latest' }] };
  return runAdmission(
    cluster,
    {
      operation: 'CREATE',
      user,
      namespace: 'team',
      resource: 'pods',
      subresource: '',
      object: { apiVersion: 'v1', kind: 'Pod', metadata, spec },
    },
    { plugins: ['ValidatingAdmissionPolicy'] },
  );
}

const NO_LATEST = {
  validations: [
    { expression: 'true' },
    { expression: "object.spec.containers.all(c, !c.image.endsWith(':latest'))", message: 'no latest' },
  ],
};
const PREFIX = `pods "web" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: `;

describe('the plugin ValidatingAdmissionPolicy', () => {
  test('refuses in the words of the server, and names expression and binding', () => {
    const verdict = ask([policy(NO_LATEST), binding()]);
    expect(verdict).toMatchObject({ deniedBy: 'ValidatingAdmissionPolicy', phase: 'validate', code: 422 });
    expect(verdict.message).toBe(`${PREFIX}no latest`);
    expect(verdict.because.map(({ path }) => path)).toEqual([['spec', 'validations', 1, 'expression'], ['spec']]);
    expect(verdict.because.map(({ object }) => object.kind)).toEqual([
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
    ]);
  });

  test('says nothing without a binding, and nothing of a policy that the server does not store', () => {
    expect(ask([policy(NO_LATEST)]).decision).toBe('allow');
    expect(ask([policy({ validations: [{ expression: 'gone(object)' }] }), binding()]).decision).toBe('allow');
    const old = { ...policy(NO_LATEST), apiVersion: 'admissionregistration.k8s.io/v1beta1' };
    expect(ask([old, binding()]).decision).toBe('allow');
  });

  test('warns where the binding says so', () => {
    const { decision, warnings } = ask([policy(NO_LATEST), binding({ validationActions: ['Warn'] })]);
    expect(decision).toBe('allow');
    expect(warnings).toEqual(["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'p': no latest"]);
  });

  test('lets the failure policy decide about errors', () => {
    const validations = [{ expression: 'object.spec.gone == 1' }];
    expect(ask([policy({ validations }), binding()]).message).toBe(
      `${PREFIX}expression 'object.spec.gone == 1' resulted in error: no such key: gone`,
    );
    expect(ask([policy({ validations, failurePolicy: 'Ignore' }), binding()]).decision).toBe('allow');
  });

  test('finds parameters in the tree, and says where one cannot be applied', () => {
    const limit = policy({
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      validations: [{ expression: 'object.spec.containers.all(c, c.name == params.data.name)', message: 'misnamed' }],
    });
    const bound = binding({ paramRef: { name: 'names', parameterNotFoundAction: 'Deny' } });
    expect(ask([limit, bound, configMap('names', { name: 'c' })]).decision).toBe('allow');
    expect(ask([limit, bound, configMap('names', { name: 'd' })]).message).toBe(`${PREFIX}misnamed`);
    const missing = ask([limit, bound]);
    expect(missing.message).toMatch(/no params found for policy binding with `Deny` parameterNotFoundAction$/);
    expect(missing.because.map(({ object, path }) => [object.kind, path])).toEqual([
      ['ValidatingAdmissionPolicyBinding', ['spec', 'paramRef']],
    ]);
  });

  test('takes a policy with parameters of an unknown kind to admit, unless the tree tells of all there is', () => {
    const unknown = policy({ ...NO_LATEST, paramKind: { apiVersion: 'example.com/v1', kind: 'Limit' } });
    const bound = binding({ paramRef: { name: 'l', parameterNotFoundAction: 'Deny' } });
    const { decision, assumptions } = ask([unknown, bound]);
    expect([decision, assumptions.length]).toEqual(['allow', 1]);
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };
    expect(ask([unknown, bound, namespace], { complete: true }).message).toMatch(
      /failed to configure policy: failed to find resource referenced by paramKind: 'example.com\/v1, Kind=Limit'$/,
    );
  });

  test('selects by the labels of the namespace, and says which it takes for granted', () => {
    const bound = binding({ matchResources: { namespaceSelector: { matchLabels: { strict: 'yes' } } } });
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { strict: 'yes' } } };
    expect(ask([policy(NO_LATEST), bound, namespace])).toMatchObject({ decision: 'deny', assumptions: [] });
    const { decision, assumptions } = ask([policy(NO_LATEST), bound]);
    expect([decision, assumptions.length]).toEqual(['allow', 1]);
  });

  test('asks RBAC for the authorizer, and nothing of a user that is not known', () => {
    const validations = [
      { expression: "authorizer.group('').resource('pods').namespace('team').check('create').allowed()" },
    ];
    const objects = [policy({ validations }), binding()];
    expect(ask(objects).decision).toBe('deny');
    expect(ask(objects, { user: { name: 'root', groups: ['system:masters'] } }).decision).toBe('allow');
    const { decision, assumptions } = ask(objects, { user: { name: '', groups: [] } });
    expect([decision, assumptions.length]).toEqual(['allow', 1]);
  });

  test('shows real names wherever the message has a stand-in', () => {
    const validations = [{ expression: 'false', messageExpression: "'not ' + object.metadata.generateName" }];
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    const web = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'team' },
      spec: { selector: { matchLabels: { app: 'web' } }, template },
    };
    const cluster = loadCluster(manifestsOf('cluster.yaml', policy({ validations }), binding(), web), { settings: {} });
    const [pod] = podsOf(cluster);
    const message = pod === undefined ? '' : podAdmission(cluster, pod).message;
    expect(message).toMatch(/^pods "web-[a-z0-9]+-xxxxx" is forbidden: .* denied request: not web-[a-z0-9]+-$/);
    expect(message).not.toContain('xxxxxxxxxx');
  });
});
