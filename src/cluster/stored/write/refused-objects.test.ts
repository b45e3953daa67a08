import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { objectsOf } from '../../../model/objects.ts';
import { readDocuments } from '../../../text/read.ts';
import { loadCluster } from '../../load/load-cluster.ts';

/** The answer to each of the objects that the server refuses. */
function answers(kubernetesVersion: string, ...values: readonly JsonObject[]): readonly string[] {
  const text = values.map((value) => `---\n${JSON.stringify(value)}\n`).join('');
  const { objects } = objectsOf(readDocuments({ path: 'a.yaml', text }).documents);
  const cluster = loadCluster(objects, { settings: { kubernetesVersion } });
  return [...cluster.refused.values()].flatMap(({ why, message }) => (why === 'invalid' ? message : []));
}

const service = (spec: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { ports: [{ port: 80 }], ...spec },
});

const ingress = (host: string, rest: JsonObject = {}): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web' },
  spec: {
    rules: [{ host, http: { paths: [{ backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
    ...rest,
  },
});

describe('refusals', () => {
  it('answers in the words of the server of the target version', () => {
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'web' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'web' }],
    };
    const message =
      'ClusterRoleBinding.rbac.authorization.k8s.io "web" is invalid: subjects[0].namespace: Required value';
    expect(answers('1.24', binding)).toEqual([message]);
    expect(answers('1.37', binding)).toEqual([message]);
  });

  it('leaves to the cluster which addresses, node ports and families it has', () => {
    for (const spec of [
      { clusterIP: '100.64.0.10' },
      { ipFamilies: ['IPv6'] },
      { ipFamilyPolicy: 'RequireDualStack' },
      { clusterIP: 'fd00::1' },
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
    ])
      expect(answers('1.24', service(spec))).toEqual([]);
    expect(answers('1.24', service({ clusterIP: 'web' }))).toHaveLength(1);
  });

  it('says nothing of a value that is not known, nor of what may rest on one', () => {
    const path = 'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified';
    expect(answers('1.24', ingress('__HOST__'))).toEqual([`Ingress.extensions "web" is invalid: ${path}`]);
    expect(answers('1.24', ingress('__HOST__', { ingressClassName: '-' }))).toEqual(
      answers('1.24', ingress('__HOST__')),
    );
    expect(answers('1.24', ingress('web', { ingressClassName: '-' }))[0]).toContain('spec.ingressClassName: Invalid');
  });

  it('says nothing of questions, of versions that the server converts first, and of kinds that it does not serve', () => {
    const none = { metadata: {}, spec: {} };
    expect(answers('1.24', { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', ...none })).toEqual([]);
    expect(answers('1.24', { apiVersion: 'autoscaling/v2beta1', kind: 'HorizontalPodAutoscaler', ...none })).toEqual(
      [],
    );
    expect(answers('1.37', { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', ...none })).toEqual([]);
    expect(answers('1.20', { apiVersion: 'extensions/v1beta1', kind: 'Ingress', ...none })).toEqual([]);
  });
});
