import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { componentSetting, type Setting } from './component-settings.ts';
import type { ComponentName } from './component.ts';
import { controlPlaneOf } from './control-plane.ts';
import { apiServer, manifestsOf } from '../load/manifest.fixture.ts';

function componentOf(name: ComponentName, objects: readonly JsonObject[]) {
  return controlPlaneOf(manifestsOf('cluster.yaml', ...objects)).components.find((each) => each.name === name);
}

function settingOf(name: ComponentName, flag: string, objects: JsonObject[], minor = 24): Setting | undefined {
  const component = componentOf(name, objects);
  if (component === undefined) throw new Error(`there is no ${name}`);
  return componentSetting(component, flag, { minor });
}

function pod(container: JsonObject, namespace = 'kube-system'): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace }, spec: { containers: [container] } };
}

const server = (flag: string, ...words: string[]) => settingOf('kube-apiserver', flag, [apiServer(...words)]);

describe('flags in a container', () => {
  test.each([
    ['joined', ['--profiling=false', '--secure-port=1'], '1'],
    ['as two words', ['--secure-port', '2', '--profiling=false'], '2'],
    ['repeated: the last counts', ['--secure-port=1', '--secure-port', '3'], '3'],
    ['with underscores', ['--secure_port=4'], '4'],
    ['after a switch that takes no word', ['--allow-privileged', '--secure-port=5'], '5'],
  ])('are read %s', (_name, words, value) => {
    expect(server('secure-port', ...words)).toMatchObject({ value, written: true });
  });

  test('that are lists add up', () => {
    expect(server('authorization-mode', '--authorization-mode=Node', '--authorization-mode', 'RBAC')).toMatchObject({
      value: 'Node,RBAC',
      words: '`--authorization-mode=Node,RBAC`',
    });
  });

  test('that are switches take no separate word: pflag reads `--profiling false` as true', () => {
    expect(server('profiling', '--profiling', 'false')).toMatchObject({ value: 'true' });
    expect(server('profiling', '--profiling=false')).toMatchObject({ value: 'false' });
  });

  test('that are not set have the default of the program, at the place of the container', () => {
    expect(server('anonymous-auth')).toMatchObject({
      value: 'true',
      written: false,
      place: { path: ['spec', 'containers', 0] },
      words: '`--anonymous-auth` is not set, and is `true` by default',
    });
    expect(server('audit-log-path')).toMatchObject({ value: '', words: '`--audit-log-path` is not set' });
  });

  test('are not there in versions that do not have them', () => {
    expect(settingOf('kube-apiserver', 'insecure-port', [apiServer()], 19)?.value).toBe('8080');
    expect(settingOf('kube-apiserver', 'insecure-port', [apiServer()], 20)).toBeUndefined();
    expect(settingOf('kube-apiserver', 'insecure-port', [apiServer('--insecure-port=8080')], 20)).toMatchObject({
      value: '8080',
    });
    expect(settingOf('kube-apiserver', 'service-account-extend-token-expiration', [apiServer()], 20)).toBeUndefined();
    expect(settingOf('kube-apiserver', 'service-account-extend-token-expiration', [apiServer()], 21)?.value).toBe(
      'true',
    );
  });

  test('leave to a file what the manifest does not show', () => {
    expect(server('authorization-mode', '--authorization-config=/etc/authz.yaml')).toBeUndefined();
    const kubelet = (...words: string[]) => pod({ name: 'kubelet', command: ['/usr/bin/kubelet', ...words] });
    expect(settingOf('kubelet', 'anonymous-auth', [kubelet('--config=/var/lib/kubelet/config.yaml')])).toBeUndefined();
    expect(settingOf('kubelet', 'anonymous-auth', [kubelet()])?.value).toBe('true');
    expect(settingOf('kubelet', 'anonymous-auth', [kubelet('--config=/c', '--anonymous-auth=false')])?.value).toBe(
      'false',
    );
  });

  test('are not known of another component, or of no flag of ours', () => {
    expect(server('rotate-certificates')).toBeUndefined();
    expect(server('v')).toBeUndefined();
  });
});

describe('programs', () => {
  test.each([
    ['args behind an image', { name: 'x', image: 'k8s.gcr.io/kube-apiserver:v1.20.1', args: ['--profiling=false'] }],
    ['hyperkube', { name: 'x', command: ['/hyperkube', 'kube-apiserver', '--profiling=false'] }],
    ['the old name of hyperkube', { name: 'x', command: ['/hyperkube', 'apiserver', '--profiling=false'] }],
    [
      'a wrapper',
      { name: 'x', command: ['/go-runner', '--log-file=/x', '/usr/local/bin/kube-apiserver', '--profiling=false'] },
    ],
    [
      'a shell',
      { name: 'x', command: ['/bin/sh', '-c', 'exec /usr/local/bin/kube-apiserver --profiling=false 1>>/x'] },
    ],
  ])('are found by %s', (_name, container) => {
    expect(settingOf('kube-apiserver', 'profiling', [pod(container)])?.value).toBe('false');
  });

  test.each([
    ['an apiserver of somebody else', { name: 'x', image: 'calico/apiserver:v3.25.0', args: ['--secure-port=5443'] }],
    ['a word that is no program', { name: 'x', image: 'quay.io/calico/calico:v3', args: ['component', 'apiserver'] }],
    ['a controller-manager of somebody else', { name: 'x', command: ['/controller-manager', '--leader-elect'] }],
    ['a container without words', { name: 'x', image: 'k8s.gcr.io/pause' }],
  ])('are not found in %s', (_name, container) => {
    expect(controlPlaneOf(manifestsOf('x.yaml', pod(container))).components).toEqual([]);
  });

  test('of etcd are those of the cluster, not those of an application', () => {
    const etcd = { name: 'etcd', command: ['etcd', '--auto-tls=true'] };
    expect(controlPlaneOf(manifestsOf('x.yaml', pod(etcd, 'shop'))).components).toEqual([]);
    expect(settingOf('etcd', 'auto-tls', [pod(etcd)])?.value).toBe('true');
  });
});

describe("kubeadm's configuration", () => {
  const cluster = (version: string, extraArgs: JsonObject | JsonObject[]): JsonObject => ({
    apiVersion: `kubeadm.k8s.io/${version}`,
    kind: 'ClusterConfiguration',
    apiServer: { extraArgs },
  });

  test('holds flags as a map, from v1beta4 on as a list', () => {
    const map = [cluster('v1beta3', { profiling: 'false' })];
    expect(settingOf('kube-apiserver', 'profiling', map)).toMatchObject({
      value: 'false',
      place: { path: ['apiServer', 'extraArgs', 'profiling'] },
    });
    const list = [
      cluster('v1beta4', [
        { name: 'v', value: '2' },
        { name: 'profiling', value: 'false' },
      ]),
    ];
    expect(settingOf('kube-apiserver', 'profiling', list)).toMatchObject({
      value: 'false',
      place: { path: ['apiServer', 'extraArgs', 1] },
    });
  });

  test('has defaults of its own', () => {
    const own = [cluster('v1beta3', {})];
    expect(settingOf('kube-apiserver', 'authorization-mode', own)).toMatchObject({
      value: 'Node,RBAC',
      written: false,
      words: '`--authorization-mode` is set by kubeadm',
    });
    expect(settingOf('kube-apiserver', 'audit-log-path', own)?.value).toBe('');
    expect(settingOf('kube-controller-manager', 'use-service-account-credentials', own)?.value).toBe('true');
  });

  test('says nothing of a kubelet beyond its extra arguments', () => {
    const node = {
      apiVersion: 'kubeadm.k8s.io/v1beta3',
      kind: 'JoinConfiguration',
      nodeRegistration: { kubeletExtraArgs: { 'read-only-port': '10255' } },
    };
    expect(settingOf('kubelet', 'read-only-port', [node])?.value).toBe('10255');
    expect(settingOf('kubelet', 'anonymous-auth', [node])).toBeUndefined();
  });
});

describe('a KubeletConfiguration', () => {
  const file = (fields: JsonObject): JsonObject => ({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    ...fields,
  });
  const kubeadm = { apiVersion: 'kubeadm.k8s.io/v1beta3', kind: 'InitConfiguration' };

  test('alone has the defaults of a file, which are not those of flags', () => {
    expect(settingOf('kubelet', 'anonymous-auth', [file({})])?.value).toBe('false');
    expect(settingOf('kubelet', 'authorization-mode', [file({})])?.value).toBe('Webhook');
    expect(settingOf('kubelet', 'read-only-port', [file({})])?.value).toBe('0');
    expect(settingOf('kubelet', 'rotate-certificates', [file({})])?.value).toBe('false');
    expect(settingOf('kubelet', 'client-ca-file', [file({})])).toMatchObject({
      value: '',
      words: '`authentication.x509.clientCAFile` is not set',
    });
  });

  test('beside kubeadm is filled in by it', () => {
    expect(settingOf('kubelet', 'rotate-certificates', [kubeadm, file({})])).toMatchObject({
      value: 'true',
      words: '`rotateCertificates` is set by kubeadm',
    });
    expect(settingOf('kubelet', 'client-ca-file', [file({}), kubeadm])?.value).not.toBe('');
    expect(settingOf('kubelet', 'rotate-certificates', [kubeadm, file({ rotateCertificates: false })])?.value).toBe(
      'false',
    );
  });

  test('answers with the field, its place and its value as a flag would have it', () => {
    const own = [
      file({ authentication: { anonymous: { enabled: true } }, eventRecordQPS: 0, tlsCipherSuites: ['A', 'B'] }),
    ];
    expect(settingOf('kubelet', 'anonymous-auth', own)).toMatchObject({
      value: 'true',
      written: true,
      place: { path: ['authentication', 'anonymous', 'enabled'] },
      words: '`authentication.anonymous.enabled: true`',
    });
    expect(settingOf('kubelet', 'event-qps', own)?.value).toBe('0');
    expect(settingOf('kubelet', 'tls-cipher-suites', own)?.value).toBe('A,B');
  });
});
