import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import type { Cluster, ClusterSettings } from '../index/cluster.ts';
import { listedIn } from './component.ts';
import { controlPlane } from './control-plane.ts';
import { controllerCredentials } from '../pods/creators.ts';
import { loadCluster } from '../load/load-cluster.ts';
import { apiServer, manifestsOf, policy } from '../load/manifest.fixture.ts';
import { pspInForce } from './psp-in-force.ts';

function load(values: JsonObject[], settings: ClusterSettings = {}): Cluster {
  return loadCluster(manifestsOf('a.yaml', ...values), { settings });
}

const enable = '--enable-admission-plugins=NodeRestriction,PodSecurityPolicy';
const disable = '--disable-admission-plugins=PodSecurityPolicy';

describe('pspInForce', () => {
  it.each<[string, JsonObject[], ClusterSettings, string, boolean]>([
    ['nothing is known', [], { kubernetesVersion: '1.20' }, 'off', true],
    ['there are policies', [policy('a')], {}, 'on', true],
    [
      'the policies are of a version that does not exist',
      [{ ...policy('a'), apiVersion: 'policy/v1' }],
      { kubernetesVersion: '1.20' },
      'off',
      true,
    ],
    ['the configuration says off', [policy('a')], { podSecurityPolicy: false }, 'off', false],
    ['the configuration says on', [], { podSecurityPolicy: true, kubernetesVersion: '1.20' }, 'on', false],
    [
      'the configuration names the plugin',
      [policy('a')],
      { admissionPlugins: { PodSecurityPolicy: false } },
      'off',
      false,
    ],
    ['the version has none', [policy('a')], { podSecurityPolicy: true, kubernetesVersion: '1.25' }, 'off', false],
    ['the flag enables it', [apiServer(enable)], {}, 'on', false],
    [
      'a second use of the flag adds to the first',
      [apiServer(enable, '--enable-admission-plugins=AlwaysPullImages')],
      {},
      'on',
      false,
    ],
    ['name and value are two words', [apiServer('--enable-admission-plugins', 'PodSecurityPolicy')], {}, 'on', false],
    [
      'the flag is spelt with underscores',
      [apiServer('--enable_admission_plugins=PodSecurityPolicy')],
      {},
      'on',
      false,
    ],
    ['the deprecated flag lists it', [apiServer('--admission-control=PodSecurityPolicy')], {}, 'on', false],
    [
      'the flags leave it out',
      [policy('a'), apiServer('--enable-admission-plugins=NodeRestriction')],
      {},
      'off',
      false,
    ],
    ['the flags disable it', [policy('a'), apiServer(disable)], {}, 'off', false],
    ['it is enabled and disabled', [apiServer(enable, disable)], {}, 'unknown', false],
  ])('is settled when %s', (_what, values, settings, value, assumed) => {
    const state = pspInForce(load(values, settings));
    expect(state.value).toBe(value);
    expect(state.decide !== undefined).toBe(assumed);
    expect(state.origin).not.toBe('');
  });

  it('is unknown where API servers differ', () => {
    const second = { ...apiServer(enable), metadata: { name: 'other', namespace: 'kube-system' } };
    expect(pspInForce(load([apiServer(), second])).value).toBe('unknown');
  });

  it('points at the flag', () => {
    expect(pspInForce(load([apiServer('--v=2', enable)])).place?.path).toEqual(['spec', 'containers', 0, 'command', 2]);
  });
});

describe('controlPlane', () => {
  const container = (fields: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'x' },
    spec: { template: { spec: { containers: [fields] } } },
  });

  it.each<[string, JsonObject]>([
    [
      'command and arguments',
      container({ command: ['/usr/local/bin/kube-apiserver'], args: ['--authorization-mode=Node,RBAC'] }),
    ],
    [
      'arguments alone',
      container({ image: 'k8s.gcr.io/kube-apiserver:v1.18.0', args: ['--authorization-mode=Node,RBAC'] }),
    ],
    ['hyperkube', container({ command: ['/hyperkube', 'apiserver', '--authorization-mode=Node,RBAC'] })],
    [
      'a shell',
      container({
        command: ['/bin/sh', '-c', 'exec /usr/local/bin/kube-apiserver --v=2 --authorization-mode=Node,RBAC 2>&1'],
      }),
    ],
    [
      'go-runner',
      container({
        command: ['/go-runner', '--log-file=x', '/usr/local/bin/kube-apiserver', '--authorization-mode=Node,RBAC'],
      }),
    ],
    [
      'kubeadm',
      {
        apiVersion: 'kubeadm.k8s.io/v1beta2',
        kind: 'ClusterConfiguration',
        apiServer: { extraArgs: { 'authorization-mode': 'Node,RBAC' } },
      },
    ],
    [
      'kubeadm with a list',
      {
        apiVersion: 'kubeadm.k8s.io/v1beta4',
        kind: 'ClusterConfiguration',
        apiServer: { extraArgs: [{ name: 'authorization-mode', value: 'Node,RBAC' }] },
      },
    ],
  ])('reads flags from %s', (_what, value) => {
    const [server] = controlPlane(load([value])).apiServers;
    expect(server === undefined ? [] : listedIn(server, 'authorization-mode').map((flag) => flag.value)).toEqual([
      'Node',
      'RBAC',
    ]);
  });
});

describe('controllerCredentials', () => {
  const manager = (...flags: string[]): JsonObject => ({
    ...apiServer(),
    spec: { containers: [{ name: 'x', command: ['kube-controller-manager', ...flags] }] },
  });
  it.each<[string, JsonObject[], ClusterSettings, boolean, boolean]>([
    ['nothing is known', [], {}, true, true],
    ['the flag is set', [manager('--use-service-account-credentials=true')], {}, true, false],
    ['the flag is a bare word', [manager('--use-service-account-credentials', '--v=2')], {}, true, false],
    [
      'the last use is false',
      [manager('--use-service-account-credentials', '--use-service-account-credentials=false')],
      {},
      false,
      false,
    ],
    ['the manifest leaves it out', [manager()], {}, false, false],
    ['the configuration says so', [manager()], { controllerCredentials: true }, true, false],
  ])('is settled when %s', (_what, values, settings, value, assumed) => {
    const credentials = controllerCredentials(load(values, settings));
    expect(credentials.value).toBe(value);
    expect(credentials.decide !== undefined).toBe(assumed);
  });
});
