import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { DEFAULT_CONFIGURATION } from './configuration.ts';
import type { PsaRequest, PsaServer } from './psa-request.ts';
import { validateRequest } from './validate-request.ts';

const server: PsaServer = {
  configuration: DEFAULT_CONFIGURATION,
  minor: 37,
  newest: 37,
  namespace: (name) => ({ metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }),
  podsIn: () => [],
};

function pod(image: string, fields: JsonObject = {}): JsonObject {
  const spec = { hostPID: true, containers: [{ name: 'main', image }], ...fields };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec };
}

function answer(fields: Partial<PsaRequest>) {
  const request = { resource: 'pods', subresource: '', userName: 'alice', name: 'web', namespace: 'shop' };
  return validateRequest(server, { operation: 'CREATE', object: pod('nginx'), ...request, ...fields });
}

describe('requests about pods', () => {
  it('are judged where they create one', () => {
    expect(answer({}).allowed).toBe(false);
  });

  it('are judged anew only where an update changes what counts', () => {
    const update = (object: JsonObject) => answer({ operation: 'UPDATE', object, oldObject: pod('nginx') }).allowed;
    expect(update(pod('nginx', { activeDeadlineSeconds: 5 }))).toBe(true);
    expect(update(pod('nginx:2'))).toBe(false);
    expect(update(pod('nginx', { initContainers: [{ name: 'init', image: 'busybox' }] }))).toBe(false);
  });

  it('are not judged through subresources that leave the spec alone', () => {
    expect(answer({ subresource: 'status' }).allowed).toBe(true);
    expect(answer({ subresource: 'ephemeralcontainers' }).allowed).toBe(false);
  });

  it('are not judged of other kinds, and of controllers never refused', () => {
    expect(answer({ resource: 'configmaps' }).allowed).toBe(true);
    const template = { spec: { hostPID: true, containers: [{ name: 'main', image: 'nginx' }] } };
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } };
    expect(answer({ resource: 'deployments.apps', object }).allowed).toBe(true);
  });
});
