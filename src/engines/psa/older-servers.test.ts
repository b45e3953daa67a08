import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { DEFAULT_CONFIGURATION } from './configuration.ts';
import { longReasons, violationsOf } from './evaluate-pod.ts';
import type { PsaServer } from './psa-request.ts';
import { isSignificantUpdate } from './significant-update.ts';
import { validateRequest } from './validate-request.ts';

function server(minor: number, labels?: Record<string, string>): PsaServer {
  const exemptions = { ...DEFAULT_CONFIGURATION.exemptions, namespaces: ['free'] };
  const found = labels === undefined ? undefined : { metadata: { name: 'shop', labels } };
  const configuration = { ...DEFAULT_CONFIGURATION, exemptions };
  return { configuration, minor, newest: minor, namespace: () => found, podsIn: () => [] };
}

function create(object: JsonObject, resource: string, namespace: string) {
  const base = { operation: 'CREATE', subresource: '', userName: 'alice', name: 'web' } as const;
  return { ...base, resource, namespace, object };
}

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: { containers: [{ name: 'main' }] } };

describe('a server of another minor', () => {
  it('lets warn follow enforce since 1.26', () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    const withPort = { ...pod, spec: { containers: [{ name: 'main', ports: [{ hostPort: 80 }] }] } };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: {}, spec: { template: withPort } };
    const warnings = (minor: number) =>
      validateRequest(server(minor, labels), create(deployment, 'deployments.apps', 'shop')).warnings.length;
    expect([warnings(25), warnings(26)]).toEqual([0, 1]);
  });

  it('warns of the labels of exempt namespaces since 1.25', () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'free', labels } };
    const warnings = (minor: number) =>
      validateRequest(server(minor), create(namespace, 'namespaces', 'free')).warnings.length;
    expect([warnings(24), warnings(25), warnings(37)]).toEqual([0, 1, 1]);
  });

  it('quotes the namespace that it does not find since 1.25', () => {
    const message = (minor: number) => validateRequest(server(minor), create(pod, 'pods', 'shop')).message;
    expect(message(24)).toBe('Internal error occurred: failed to lookup namespace shop');
    expect(message(25)).toBe('Internal error occurred: failed to lookup namespace "shop"');
  });

  it('evaluates changes of seccomp annotations of the pod before 1.25, of a container before 1.27', () => {
    const annotated = (key: string) => ({ ...pod, metadata: { annotations: { [key]: 'unconfined' } } });
    const ofPod = annotated('seccomp.security.alpha.kubernetes.io/pod');
    const ofContainer = annotated('container.seccomp.security.alpha.kubernetes.io/main');
    expect([24, 25].map((minor) => isSignificantUpdate(ofPod, pod, minor))).toEqual([true, false]);
    expect([26, 27].map((minor) => isSignificantUpdate(ofContainer, pod, minor))).toEqual([true, false]);
  });

  it('runs baseline checks beside the restricted ones that repeat them before 1.24', () => {
    const spec = { containers: [], volumes: [{ name: 'etc', hostPath: { path: '/etc' } }] };
    const reasons = (minor: number) =>
      longReasons(
        violationsOf({ level: 'restricted', version: 'latest' }, { metadata: {}, spec }, { minor, newest: minor }),
      );
    const restricted = 'restricted volume types (volume "etc" uses restricted volume type "hostPath")';
    expect(reasons(23)).toBe(`hostPath volumes (volume "etc"), ${restricted}`);
    expect(reasons(24)).toBe(restricted);
  });

  it('tells of SELinux users without a forbidden type since 1.26', () => {
    const spec = { containers: [], securityContext: { seLinuxOptions: { user: 'root' } } };
    const reasons = (minor: number) =>
      longReasons(
        violationsOf({ level: 'baseline', version: 'latest' }, { metadata: {}, spec }, { minor, newest: minor }),
      );
    expect(reasons(25)).toBe('seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: )');
    expect(reasons(26)).toBe('seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: user may not be set)');
  });
});
