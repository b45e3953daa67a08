import { describe, expect, it } from 'vitest';
import type { Cluster, ClusterSettings } from '../../cluster/index/cluster.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import type { JsonObject } from '../../model/object.ts';
import { podAdmission } from './pod-admission.ts';
import { judgePod, policyChange, type PodJudgement } from './psp-judgement.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ANY = { rule: 'RunAsAny' };

function policy(name: string, spec: JsonObject = {}): JsonObject {
  const open = { runAsUser: ANY, seLinux: ANY, fsGroup: ANY, supplementalGroups: ANY, volumes: ['*'] };
  return { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name }, spec: { ...open, ...spec } };
}

const granted: JsonObject[] = [
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'use' },
    rules: [{ apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] }],
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'use' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'use' },
    subjects: [{ apiGroup: RBAC, kind: 'Group', name: 'system:serviceaccounts' }],
  },
];

function pod(spec: JsonObject = {}): JsonObject {
  const metadata = { name: 'web', namespace: 'default' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'main', image: 'nginx' }], ...spec } };
}

function judged(objects: readonly JsonObject[], settings: ClusterSettings = {}): [PodJudgement, Cluster] {
  const cluster = loadCluster(manifestsOf('a.yaml', ...objects), {
    settings: { kubernetesVersion: '1.24', ...settings },
  });
  const [source] = podsOf(cluster);
  if (source === undefined) throw new Error('one pod was expected');
  return [judgePod(cluster, source), cluster];
}

describe('judgePod', () => {
  const capped = policy('capped', { readOnlyRootFilesystem: true, allowPrivilegeEscalation: true });

  it('reads the answer of a plugin that is in force from the one run of the pod', () => {
    const [judgement, cluster] = judged([capped, ...granted, pod()]);
    expect(judgement).toMatchObject({ decision: 'admitted', message: '', chosen: { name: 'capped' } });
    expect(judgement.admission).toBe(podAdmission(cluster, judgement.source));
    expect(judgement.because[0]?.sentence).toBe('policy capped admits the pod with its defaults filled in');
  });

  it('tells those who may use no policy from those whose policies refuse the pod', () => {
    expect(judged([capped, pod()])[0]).toMatchObject({
      decision: 'unusable',
      message: 'pods "web" is forbidden: PodSecurityPolicy: unable to admit pod: []',
    });
    const [forbidden] = judged([capped, ...granted, pod({ hostPID: true })]);
    expect(forbidden.decision).toBe('forbidden');
    expect(forbidden.message).toBe(
      'pods "web" is forbidden: PodSecurityPolicy: unable to admit pod: [spec.securityContext.hostPID: Invalid value: true: Host PID is not allowed to be used]',
    );
    expect(forbidden.because.map(({ path }) => path)).toEqual([['spec', 'hostPID']]);
    expect(forbidden.steps.find(({ outcome }) => outcome === 'failed')?.sentence).toContain(
      'PodSecurityPolicy refuses',
    );
  });

  it('asks for the account of the pod also where ServiceAccount refuses it first', () => {
    const annotations = { 'kubernetes.io/enforce-mountable-secrets': 'true' };
    const metadata = { name: 'default', namespace: 'default', annotations };
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
    const foreign = pod({ volumes: [{ name: 'v', secret: { secretName: 'other' } }] });
    const [judgement, cluster] = judged([capped, ...granted, account, foreign]);
    expect(podAdmission(cluster, judgement.source).deniedBy).toBe('ServiceAccount');
    expect(judgement).toMatchObject({
      decision: 'admitted',
      users: { account: { name: 'system:serviceaccount:default:default' } },
    });
  });

  it('says what the plugin would do where it is off, and nothing where the version has none', () => {
    const [off, cluster] = judged([capped, ...granted, pod()], { podSecurityPolicy: false });
    expect(off.decision).toBe('admitted');
    expect(podAdmission(cluster, off.source).psp).toBeUndefined();
    expect(judged([capped, ...granted, pod()], { kubernetesVersion: '1.25' })[0]).toMatchObject({
      decision: 'unjudged',
      message: '',
      trials: [],
    });
  });

  it('answers for another user', () => {
    const [{ source }, cluster] = judged([capped, ...granted, pod({ serviceAccountName: 'web' })]);
    const { users } = judgePod(cluster, source, { name: 'alice', groups: [] });
    expect(users?.user.name).toBe('alice');
  });
});

describe('policyChange', () => {
  it('is the pod without and with the defaults of its policy, as it would be stored', () => {
    const [judgement, cluster] = judged([policy('p', { readOnlyRootFilesystem: true }), ...granted, pod()]);
    const change = policyChange(cluster, judgement);
    const annotations = (object: JsonObject | undefined) => (object?.metadata as JsonObject).annotations;
    expect(annotations(change?.before)).toBeUndefined();
    expect(annotations(change?.after)).toEqual({ 'kubernetes.io/psp': 'p' });
  });

  it('is nothing for a pod that is refused', () => {
    const [judgement, cluster] = judged([policy('p'), pod()]);
    expect(policyChange(cluster, judgement)).toBeUndefined();
  });
});
