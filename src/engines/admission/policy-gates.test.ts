import { describe, expect, test } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { arePoliciesAsked, policyGateOfObject } from './policy-gates.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';
const resourceRules = [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }];

function policy(expression: string): JsonObject[] {
  const metadata = { name: 'p' };
  const spec = { matchConstraints: { resourceRules }, validations: [{ expression }] };
  return [
    { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata, spec },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: 'p', validationActions: ['Deny'] },
    },
  ];
}

/** What refuses an object, in the server's words. */
function refusal(expression: string, object: JsonObject, kubernetesVersion = '1.37'): string | undefined {
  const manifests = manifestsOf('cluster.yaml', object, ...policy(expression));
  const cluster = loadCluster(manifests, { settings: { kubernetesVersion } });
  const [first] = manifests;
  return first && policyGateOfObject(cluster, first)?.rejection?.message;
}

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  },
};
const DENIED = "is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: failed expression:";

describe('policyGateOfObject', () => {
  test('judges an object with its defaults, in its namespace', () => {
    expect(refusal('object.spec.replicas == 1', web)).toBeUndefined();
    expect(refusal("request.namespace != 'default'", web)).toBe(
      `deployments.apps "web" ${DENIED} request.namespace != 'default'`,
    );
  });

  test('judges objects without a namespace, but no policies', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [],
    };
    expect(refusal('false', role)).toBe(`clusterroles.rbac.authorization.k8s.io "r" ${DENIED} false`);
    const [other = {}] = policy('true');
    expect(refusal('false', { ...other, metadata: { name: 'q' } })).toBeUndefined();
  });

  test('leaves pods to their own run, and custom kinds', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: web.spec.template.spec };
    expect(refusal('false', pod)).toBeUndefined();
    expect(refusal('false', { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 't' } })).toBeUndefined();
  });

  test('asks nothing where policies are not in force', () => {
    expect(refusal('false', web, '1.29')).toBeUndefined();
    expect(arePoliciesAsked(loadCluster(manifestsOf('cluster.yaml', web), { settings: {} }))).toBe(false);
  });
});
