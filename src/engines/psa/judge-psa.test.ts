import { describe, expect, it } from 'vitest';
import type { ClusterSettings } from '../../cluster/cluster.ts';
import { loadCluster } from '../../cluster/load-cluster.ts';
import { apiServer, manifestsOf } from '../../cluster/manifest.fixture.ts';
import { podsOf } from '../../cluster/pods-of.ts';
import type { JsonObject } from '../../model/object.ts';
import { formatFieldPath } from '../../text/tree.ts';
import { DEFAULT_CONFIGURATION } from './configuration.ts';
import { judgePsa, type PsaOptions, type PsaVerdict, violationReasons, violationsIn } from './judge-psa.ts';

function namespace(labels: Record<string, string>): JsonObject {
  const prefixed = Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: Object.fromEntries(prefixed) as JsonObject },
  };
}

function deployment(spec: JsonObject, annotations: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { metadata: { labels: { app: 'web' }, annotations }, spec } },
  };
}

function judged(objects: JsonObject[], settings: ClusterSettings = {}, options: PsaOptions = {}): PsaVerdict {
  const cluster = loadCluster(manifestsOf('a.yaml', ...objects), {
    settings: { kubernetesVersion: '1.37', ...settings },
  });
  const source = podsOf(cluster).find(({ owner }) => owner.namespace === 'shop');
  if (source === undefined) throw new Error('no pod');
  return judgePsa(cluster, source, options);
}

const main = { name: 'main', image: 'nginx' };

describe('judgePsa', () => {
  it('refuses the pods of a template, and points at the template and the label', () => {
    const verdict = judged([namespace({ enforce: 'baseline' }), deployment({ hostPID: true, containers: [main] })]);
    expect(verdict.decision).toBe('deny');
    expect(verdict.message).toBe(
      'pods "web-xxxxxxxxxx-xxxxx" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)',
    );
    expect(verdict.because.map(({ path, sentence }) => [formatFieldPath(path), sentence])).toEqual([
      ['spec.template.spec.hostPID', 'host namespaces: spec.hostPID is true'],
      ['metadata.labels[pod-security.kubernetes.io/enforce]', 'namespace shop enforces baseline:latest'],
    ]);
    expect(verdict.assumptions).toEqual([]);
  });

  it('says which fields a mode that does not refuse would mind', () => {
    const objects = [namespace({ warn: 'restricted' }), deployment({ containers: [main] })];
    const verdict = judged(objects);
    expect(verdict.decision).toBe('allow');
    expect(verdict.response.warnings).toHaveLength(1);
    expect(violationsIn(verdict, 'warn').map(({ check }) => check)).toEqual([
      'allowPrivilegeEscalation',
      'capabilities_restricted',
      'runAsNonRoot',
      'seccompProfile_restricted',
    ]);
    expect(violationsIn(verdict, 'enforce')).toEqual([]);
    const [source] = podsOf(loadCluster(manifestsOf('a.yaml', ...objects), { settings: {} }));
    const [violation] = violationsIn(verdict, 'warn');
    if (source === undefined || violation === undefined) throw new Error('nothing to place');
    expect(violationReasons(source, violation)[0]?.sentence).toBe(
      'allowPrivilegeEscalation != false: spec.containers[0].securityContext.allowPrivilegeEscalation is not set',
    );
  });

  it('meets the pod as the server does: defaulted', () => {
    const ports = [{ containerPort: 8080 }];
    const volumes = [{ name: 'tmp' }];
    const spec = { hostNetwork: true, containers: [{ ...main, ports }], volumes };
    const { message } = judged([namespace({ enforce: 'baseline' }), deployment(spec)]);
    expect(message).toContain('host namespaces (hostNetwork=true), hostPort (container "main" uses hostPort 8080)');
    const restricted = judged([namespace({ enforce: 'restricted' }), deployment(spec)]);
    expect(restricted.message).not.toContain('restricted volume types');
  });

  it.each([
    ['1.29', 'container.apparmor.security.beta.kubernetes.io/main="unconfined")'],
    ['1.37', 'container "main" and annotation must not set AppArmor profile type to "Unconfined", '],
  ])('copies an AppArmor annotation to its field from 1.30 on (%s)', (kubernetesVersion, expected) => {
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' };
    const objects = [namespace({ enforce: 'baseline' }), deployment({ containers: [main] }, annotations)];
    expect(judged(objects, { kubernetesVersion }).message).toContain(`(${expected}`);
  });

  it.each([
    ['1.26', true],
    ['1.27', false],
  ])('copies a seccomp annotation to its field up to 1.26 (%s)', (kubernetesVersion, refused) => {
    const annotations = { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' };
    const objects = [namespace({ enforce: 'baseline' }), deployment({ containers: [main] }, annotations)];
    expect(judged(objects, { kubernetesVersion }).message.includes('seccompProfile')).toBe(refused);
  });

  it('forgets fields of closed feature gates', () => {
    const spec = { hostUsers: false, containers: [{ ...main, securityContext: { procMount: 'Unmasked' } }] };
    const objects = [namespace({ enforce: 'baseline', 'enforce-version': 'v1.30' }), deployment(spec)];
    expect(judged(objects, { kubernetesVersion: '1.32' }).decision).toBe('allow');
    expect(judged(objects, { kubernetesVersion: '1.33' }).decision).toBe('deny');
    expect(judged(objects, { kubernetesVersion: '1.32', featureGates: { ProcMountType: true } }).decision).toBe('deny');
  });

  it('takes a namespace without a manifest to have no labels, and says so', () => {
    const { decision, assumptions } = judged([deployment({ hostPID: true, containers: [main] })]);
    expect(decision).toBe('allow');
    expect(assumptions.map(({ decide }) => decide)).toEqual(['add the manifest of namespace `shop` to the tree']);
  });

  it('heeds the configuration’s defaults and exemptions', () => {
    const defaults = { ...DEFAULT_CONFIGURATION.defaults, enforce: { level: 'baseline', version: 'latest' } } as const;
    const objects = [namespace({}), deployment({ hostPID: true, containers: [main], runtimeClassName: 'kata' })];
    const configuration = { ...DEFAULT_CONFIGURATION, defaults };
    expect(judged(objects, {}, { configuration }).decision).toBe('deny');
    const exemptions = { ...DEFAULT_CONFIGURATION.exemptions, runtimeClasses: ['kata'] };
    const exempt = judged(objects, {}, { configuration: { ...configuration, exemptions } });
    expect(exempt.response.exemption).toBe('runtimeClass');
    expect(exempt.decision).toBe('allow');
  });

  it('allows everything where the plugin is off', () => {
    const objects = [namespace({ enforce: 'baseline' }), deployment({ hostPID: true, containers: [main] })];
    expect(judged(objects, { kubernetesVersion: '1.22' }).decision).toBe('allow');
    const off = apiServer('--disable-admission-plugins=AlwaysAdmit,PodSecurity');
    expect(judged([...objects, off]).decision).toBe('allow');
  });
});
