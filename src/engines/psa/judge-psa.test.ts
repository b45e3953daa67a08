import { describe, expect, it } from 'vitest';
import type { ClusterSettings } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { apiServer, manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
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

  it('has a step for each mode: whether it refuses the pod, or only records violations', () => {
    const labels = { enforce: 'baseline', audit: 'restricted', warn: 'restricted' };
    const steps = (spec: JsonObject) =>
      judged([namespace(labels), deployment({ containers: [main], ...spec })]).steps.map(
        ({ sentence, outcome }) => `${sentence.split(':')[0] ?? ''} ${outcome}`,
      );
    // Nobody is warned of a pod that is refused.
    expect(steps({ hostPID: true })).toEqual(['enforce baseline failed', 'audit restricted noted']);
    expect(steps({})).toEqual(['enforce baseline passed', 'audit restricted noted', 'warn restricted noted']);
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
    expect(assumptions.map(({ decide }) => decide)).toEqual([
      'add the manifest of namespace `shop` to the tree',
      'add the kube-apiserver manifest to the tree',
    ]);
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

  describe('with a configuration in the tree', () => {
    const podSecurity: JsonObject = {
      apiVersion: 'pod-security.admission.config.k8s.io/v1',
      kind: 'PodSecurityConfiguration',
      defaults: { enforce: 'baseline' },
    };
    const admission = (plugin: JsonObject): JsonObject => ({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AdmissionConfiguration',
      plugins: [
        { name: 'EventRateLimit', path: 'rates.yaml' },
        { name: 'PodSecurity', ...plugin },
      ],
    });
    const hostPid = deployment({ hostPID: true, containers: [main] });
    const flag = '--admission-control-config-file=/etc/kubernetes/admission/config.yaml';
    function verdictOf(...files: (readonly [string, ...JsonObject[]])[]): PsaVerdict {
      const objects = files.flatMap(([path, ...values]) => manifestsOf(path, ...values));
      const cluster = loadCluster(objects, { settings: { kubernetesVersion: '1.37' } });
      const source = podsOf(cluster).find(({ owner }) => owner.namespace === 'shop');
      if (source === undefined) throw new Error('no pod');
      return judgePsa(cluster, source);
    }

    it('reads the one that the kube-apiserver names, written out or in a file of its own', () => {
      const pods = ['pods.yaml', namespace({}), hostPid, apiServer(flag)] as const;
      const inline = verdictOf(pods, ['cp/admission/config.yaml', admission({ configuration: podSecurity })]);
      expect([inline.decision, inline.assumptions]).toEqual(['deny', []]);
      const apart = verdictOf(
        pods,
        ['cp/admission/config.yaml', admission({ path: 'psa/defaults.yaml' })],
        ['cp/admission/psa/defaults.yaml', podSecurity],
        ['cp/admission/old/defaults.yaml', { ...podSecurity, defaults: {} }],
      );
      expect([apart.decision, apart.assumptions]).toEqual(['deny', []]);
      const elsewhere = verdictOf(
        pods,
        ['cp/admission/config.yaml', admission({ path: '/etc/psa/defaults.yaml' })],
        ['files/psa/defaults.yaml', podSecurity],
      );
      expect([elsewhere.decision, elsewhere.assumptions]).toEqual(['deny', []]);
    });

    it('takes everything to be privileged where the file is not in the tree, and says so', () => {
      const absent = verdictOf(['pods.yaml', namespace({}), hostPid, apiServer(flag)]);
      expect([absent.decision, absent.assumptions]).toEqual([
        'allow',
        [
          {
            sentence:
              'namespaces without labels are taken to be held to privileged:latest: the kube-apiserver reads /etc/kubernetes/admission/config.yaml, which is not in the tree',
            decide: 'add /etc/kubernetes/admission/config.yaml to the tree',
          },
        ],
      ]);
      // What the file exempts is exempt whatever the labels say.
      const labelled = verdictOf(['pods.yaml', namespace({ enforce: 'baseline' }), hostPid, apiServer(flag)]);
      expect([labelled.decision, labelled.assumptions]).toEqual(['deny', absent.assumptions]);
      const noFlag = verdictOf(['pods.yaml', namespace({}), hostPid, apiServer()], ['x.yaml', podSecurity]);
      expect([noFlag.decision, noFlag.assumptions]).toEqual(['allow', []]);
    });

    it('takes the only one to be read where there is no kube-apiserver', () => {
      const { decision, assumptions } = verdictOf(['pods.yaml', namespace({}), hostPid], ['x.yaml', podSecurity]);
      expect(decision).toBe('deny');
      expect(assumptions.map(({ decide }) => decide)).toEqual(['add the kube-apiserver manifest to the tree']);
    });

    it('knows that a server does not start with a faulty one', () => {
      const faulty = { ...podSecurity, defaults: { enforce: 'strict' } };
      const { decision, assumptions } = verdictOf(['pods.yaml', namespace({}), hostPid], ['x.yaml', faulty]);
      expect(decision).toBe('allow');
      expect(assumptions.map(({ sentence }) => sentence)).toEqual([
        expect.stringContaining('enforce: must be one of privileged, baseline, restricted') as string,
      ]);
    });
  });

  it.each([
    ['1.22', ['--feature-gates=PodSecurity=true'], 'deny'],
    ['1.22', [], 'allow'],
    ['1.23', ['--feature-gates=X=true,PodSecurity=false'], 'allow'],
    ['1.25', ['--feature-gates=PodSecurity=false'], 'deny'],
    ['1.37', ['--admission-control=NamespaceLifecycle,ServiceAccount'], 'allow'],
    ['1.37', ['--admission-control=NamespaceLifecycle,PodSecurity'], 'deny'],
  ])('knows from the kube-apiserver of %s with %j whether it judges', (kubernetesVersion, flags, expected) => {
    const objects = [namespace({ enforce: 'baseline' }), deployment({ hostPID: true, containers: [main] })];
    expect(judged([...objects, apiServer(...flags)], { kubernetesVersion }).decision).toBe(expected);
  });

  it('allows everything where the plugin is off', () => {
    const objects = [namespace({ enforce: 'baseline' }), deployment({ hostPID: true, containers: [main] })];
    expect(judged(objects, { kubernetesVersion: '1.22' }).decision).toBe('allow');
    const off = apiServer('--disable-admission-plugins=AlwaysAdmit,PodSecurity');
    expect(judged([...objects, off]).decision).toBe('allow');
  });
});
