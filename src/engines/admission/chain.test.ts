import { describe, expect, test } from 'vitest';
import type { AdmissionRequest } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { type AdmissionVerdict, runAdmission } from './chain.ts';

const PLUGINS = ['PodSecurityPolicy', 'ServiceAccount'];

function cluster(objects: JsonObject[], version = '1.24', complete = true): Cluster {
  const settings = { kubernetesVersion: version, bootstrapRBAC: false, complete };
  return loadCluster(manifestsOf('cluster.yaml', ...objects), { settings });
}

function account(fields: JsonObject = {}, annotations: JsonObject = {}): JsonObject {
  const metadata = { name: 'app', namespace: 'default', annotations };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, ...fields };
}

function create(spec: JsonObject = {}): AdmissionRequest {
  const containers = [{ name: 'main', image: 'nginx' }];
  return {
    operation: 'CREATE',
    user: { name: 'alice', groups: ['system:authenticated'] },
    namespace: 'default',
    resource: 'pods',
    subresource: '',
    object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers, ...spec } },
  };
}

function podOf(verdict: AdmissionVerdict): ServerPod {
  return verdict.object as unknown as ServerPod;
}

describe('runAdmission', () => {
  test('tells its steps: what changed the pod, what let it pass, what refused it', () => {
    const { steps } = runAdmission(cluster([]), create(), { plugins: PLUGINS });
    expect(steps.map(({ outcome, sentence }) => `${outcome}: ${sentence}`)).toEqual([
      'noted: ServiceAccount changes the object',
      expect.stringContaining('failed: PodSecurityPolicy refuses the request: pods "web" is forbidden') as string,
    ]);
  });

  test('runs ServiceAccount before PodSecurityPolicy, whatever the order of the names', () => {
    const verdict = runAdmission(cluster([]), create({ serviceAccountName: 'nobody' }), { plugins: PLUGINS });
    expect(verdict.deniedBy).toBe('ServiceAccount');
    expect(verdict.message).toBe(
      'pods "web" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
    );
    expect(runAdmission(cluster([]), create(), { plugins: PLUGINS }).deniedBy).toBe('PodSecurityPolicy');
  });

  test('takes an account that nobody declares to exist where the manifests are not all there is', () => {
    const request = create({ serviceAccountName: 'nobody' });
    const open = cluster([], '1.24', false);
    expect(runAdmission(open, request, { plugins: ['ServiceAccount'] }).decision).toBe('allow');
  });

  test('refuses an object of another namespace before any plugin', () => {
    const request = { ...create(), namespace: 'other' };
    const object = { ...request.object, metadata: { name: 'web', namespace: 'default' } };
    const verdict = runAdmission(cluster([]), { ...request, object }, { plugins: [] });
    expect([verdict.code, verdict.deniedBy]).toEqual([400, '']);
  });

  test('says what the API refuses beside what admission lets pass', () => {
    const securityContext = { privileged: true, allowPrivilegeEscalation: false };
    const request = create({ containers: [{ name: 'main', image: 'nginx', securityContext }] });
    const verdict = runAdmission(cluster([]), request, { plugins: [], allowPrivileged: false });
    expect(verdict.decision).toBe('allow');
    expect(verdict.validationErrors.map(({ message }) => message)).toEqual([
      'spec.containers[0].securityContext.privileged: Forbidden: disallowed by cluster policy',
      'spec.containers[0].securityContext: Invalid value: core.SecurityContext{...}: ' +
        'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ]);
  });

  test('warns of what is deprecated', () => {
    const request = create({ volumes: [{ name: 'v', gitRepo: { repository: 'r' } }] });
    expect(runAdmission(cluster([]), request, { plugins: [] }).warnings).toEqual([
      'spec.volumes[0].gitRepo: deprecated in v1.11',
    ]);
  });
});

describe('the plugin ServiceAccount', () => {
  const plugins = ['ServiceAccount'];

  test('gives the pod the account default, its token and its pull secrets', () => {
    const declared = {
      ...account({ imagePullSecrets: [{ name: 'pull' }] }),
      metadata: { name: 'default', namespace: 'default' },
    };
    const { spec } = podOf(runAdmission(cluster([declared]), create(), { plugins }));
    expect(spec.serviceAccountName).toBe('default');
    expect(spec.imagePullSecrets).toEqual([{ name: 'pull' }]);
    expect(spec.volumes?.map(({ name }) => name)).toEqual(['kube-api-access-xxxxx']);
    expect(spec.containers?.[0]?.volumeMounts).toEqual([
      { name: 'kube-api-access-xxxxx', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ]);
  });

  test('mounts a secret before 1.21, and says that it takes it to be there', () => {
    const verdict = runAdmission(cluster([], '1.20'), create(), { plugins });
    expect(podOf(verdict).spec.volumes).toEqual([
      { name: 'default-token-xxxxx', secret: { secretName: 'default-token-xxxxx' } },
    ]);
    expect(verdict.assumptions).toHaveLength(1);
  });

  test.each([
    [{ automountServiceAccountToken: false }, {}],
    [{}, { automountServiceAccountToken: false }],
  ])('mounts no token where the account or the pod does not want it', (accountFields, podFields) => {
    const request = create({ serviceAccountName: 'app', ...podFields });
    const verdict = runAdmission(cluster([account(accountFields)]), request, { plugins });
    expect(podOf(verdict).spec.volumes).toBeUndefined();
  });

  test('mounts one where the pod wants it, whatever its account says', () => {
    const request = create({ serviceAccountName: 'app', automountServiceAccountToken: true });
    const verdict = runAdmission(cluster([account({ automountServiceAccountToken: false })]), request, { plugins });
    expect(podOf(verdict).spec.volumes).toHaveLength(1);
  });

  test('limits pods to the secrets of their account where that is enforced', () => {
    const enforcing = account({ secrets: [{ name: 'mine' }] }, { 'kubernetes.io/enforce-mountable-secrets': 'true' });
    const mount = (secretName: string) =>
      create({ serviceAccountName: 'app', volumes: [{ name: 'v', secret: { secretName } }] });
    expect(runAdmission(cluster([enforcing]), mount('mine'), { plugins }).decision).toBe('allow');
    expect(runAdmission(cluster([enforcing]), mount('other'), { plugins }).message).toBe(
      'pods "web" is forbidden: volume with secret.secretName="other" is not allowed because service account app does not reference that secret',
    );
  });
});
