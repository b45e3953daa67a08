import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf, policy, workload } from '../../cluster/load/manifest.fixture.ts';
import { type MigrationValue, pspMigrate } from '../../ask/pods/psp-migrate.ts';
import type { JsonObject } from '../../model/object.ts';
import { PLAIN } from '../paint.ts';
import { renderMigration } from './psp-migration.ts';

const ANY = { rule: 'RunAsAny' };
const spec: JsonObject = {
  volumes: ['*'],
  allowPrivilegeEscalation: false,
  requiredDropCapabilities: ['ALL'],
  runAsUser: { rule: 'MustRunAsNonRoot' },
  seLinux: { rule: 'MustRunAs', seLinuxOptions: { level: 's0' } },
  fsGroup: ANY,
  supplementalGroups: ANY,
};
const annotations = { 'apparmor.security.beta.kubernetes.io/allowedProfileNames': 'runtime/default' };
const restricted: JsonObject = { ...policy('restricted'), metadata: { name: 'restricted', annotations }, spec };
const use: JsonObject[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'use' },
    rules: [
      { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'], resourceNames: ['restricted'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'use', namespace: 'shop' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'use' },
    subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:serviceaccounts:shop' }],
  },
];
const namespaces = ['shop', 'other'].map((name): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}));

function migrated(kubernetesVersion: string, ...objects: JsonObject[]): MigrationValue {
  const web = workload('Deployment', 'web', { namespace: 'shop' });
  const template = {
    metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'runtime/default' } },
  };
  const { spec: own } = web as { spec: { template: JsonObject } };
  const annotated = { ...web, spec: { ...own, template: { ...own.template, ...template } } };
  const all = [restricted, ...use, ...namespaces, annotated as JsonObject, ...objects];
  const cluster = loadCluster(manifestsOf('a.yaml', ...all), { settings: { kubernetesVersion } });
  const [migration] = pspMigrate([{ cluster }]).clusters;
  if (migration === undefined) throw new Error('no cluster');
  return migration;
}

describe('psp migrate', () => {
  it('names the level of each namespace, what stricter ones would refuse, and the labels to write', () => {
    const text = renderMigration(migrated('1.24'), PLAIN);
    const lines = text.split('\n').map((line) => line.replace(/ {2,}/g, '  '));
    expect(lines).toContain('NAMESPACE  LEVEL  ONCE FILLED IN  PODS HERE PASS  POLICIES');
    expect(lines).toContain('other  -  -  -  none usable');
    expect(lines).toContain('shop  privileged  privileged  baseline  restricted');
    expect(text).toContain('shop: privileged covers what `restricted` admits\n');
    expect(text).toContain('  baseline would newly reject\n    hostPathVolumes: hostPath volumes\n');
    expect(text).toContain('  restricted would reject the pods of Deployment `web`: allowPrivilegeEscalation != false');
    expect(text).toContain(
      'metadata:\n  name: "shop"\n  labels:\n    pod-security.kubernetes.io/enforce: privileged\n' +
        '    pod-security.kubernetes.io/enforce-version: v1.24\n    pod-security.kubernetes.io/audit: baseline\n',
    );
    expect(text).not.toContain('name: "other"');
  });

  it('says that later versions have no policies, and goes by the checks of the version asked for', () => {
    const text = renderMigration(migrated('1.29'), PLAIN);
    expect(text).toContain('PodSecurityPolicy was removed in Kubernetes 1.25 (target 1.29');
    expect(text).toContain('policies are evaluated as of v1.24, levels as of v1.29');
    expect(text).toContain('enforce-version: v1.29');
  });

  it('shows policies that nobody may use by themselves', () => {
    const unused = { ...restricted, metadata: { name: 'unused' } };
    const text = renderMigration(migrated('1.24', unused), PLAIN);
    expect(text).toContain('UNUSED POLICY');
    expect(text).toContain('unused: privileged covers what it admits');
  });

  it('gives every difference with its example', () => {
    const shop = migrated('1.24').namespaces.find(({ namespace }) => namespace === 'shop');
    const hostPath = shop?.levels[1]?.newlyRefuses.find(({ check }) => check === 'hostPathVolumes');
    expect(hostPath?.example.spec).toMatchObject({ volumes: [{ hostPath: {} }] });
  });
});
