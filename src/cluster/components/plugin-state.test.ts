import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { controlPlaneOf } from './control-plane.ts';
import { apiServer, manifestsOf } from '../load/manifest.fixture.ts';
import { pluginState, type PluginState } from './plugin-state.ts';

function stateOf(object: JsonObject, plugin: string, minor = 24): PluginState | undefined {
  const [server] = controlPlaneOf(manifestsOf('server.yaml', object)).apiServers;
  return server === undefined ? undefined : pluginState(server, plugin, { minor });
}

function kubeadm(extraArgs: JsonObject): JsonObject {
  return { apiVersion: 'kubeadm.k8s.io/v1beta3', kind: 'ClusterConfiguration', apiServer: { extraArgs } };
}

const COMMAND = ['spec', 'containers', 0, 'command'];

describe('whether a kube-apiserver runs a plugin', () => {
  test('is settled by --admission-control alone where that is set, in order of its members', () => {
    const server = apiServer(
      '--admission-control=NamespaceLifecycle,AlwaysPullImages',
      '--enable-admission-plugins=PodSecurityPolicy',
    );
    expect(stateOf(server, 'AlwaysPullImages')).toMatchObject({
      on: true,
      words: '`--admission-control` lists `AlwaysPullImages`',
      place: { path: [...COMMAND, 1] },
    });
    expect(stateOf(server, 'PodSecurityPolicy')).toMatchObject({ on: false });
    expect(stateOf(server, 'LimitRanger')).toMatchObject({
      on: false,
      words: '`--admission-control` does not list `LimitRanger`',
    });
  });

  test('is on by default, or listed, over all uses of the flag', () => {
    const server = apiServer(
      '--enable-admission-plugins',
      'NodeRestriction',
      '--enable-admission-plugins=EventRateLimit',
    );
    expect(stateOf(server, 'NodeRestriction')).toMatchObject({ on: true, place: { path: [...COMMAND, 1] } });
    expect(stateOf(server, 'EventRateLimit')).toMatchObject({ on: true, place: { path: [...COMMAND, 3] } });
    expect(stateOf(server, 'LimitRanger')).toMatchObject({ on: true, words: '`LimitRanger` is on by default' });
    expect(stateOf(server, 'AlwaysPullImages')).toMatchObject({
      on: false,
      words: '`--enable-admission-plugins` does not list `AlwaysPullImages`',
      place: { path: [...COMMAND, 1] },
    });
    expect(stateOf(apiServer(), 'AlwaysPullImages')).toMatchObject({
      words: '`--enable-admission-plugins` is not set',
      place: { path: ['spec', 'containers', 0] },
    });
  });

  test('is off where it is disabled', () => {
    const server = apiServer('--disable-admission-plugins=LimitRanger,ResourceQuota');
    expect(stateOf(server, 'ResourceQuota')).toMatchObject({
      on: false,
      words: '`--disable-admission-plugins` lists `ResourceQuota`',
      place: { path: [...COMMAND, 1] },
    });
  });

  test('is what kubeadm enables, unless the flag is given to it', () => {
    expect(stateOf(kubeadm({}), 'NodeRestriction')).toMatchObject({
      on: true,
      words: 'kubeadm enables `NodeRestriction`',
    });
    expect(stateOf(apiServer(), 'NodeRestriction')).toMatchObject({ on: false });
    const given = kubeadm({ 'enable-admission-plugins': 'PodSecurityPolicy' });
    expect(stateOf(given, 'NodeRestriction')).toMatchObject({ on: false });
    expect(stateOf(given, 'PodSecurityPolicy')).toMatchObject({ on: true });
    expect(stateOf(kubeadm({}), 'PodSecurityPolicy')).toMatchObject({ on: false });
  });

  test('is no question where the version has no such plugin', () => {
    expect(stateOf(apiServer('--enable-admission-plugins=PodSecurityPolicy'), 'PodSecurityPolicy', 25)).toBeUndefined();
    expect(stateOf(apiServer(), 'PodSecurity', 21)).toBeUndefined();
    expect(stateOf(apiServer(), 'PodSecurity', 23)).toMatchObject({ on: true });
    expect(stateOf(apiServer(), 'LimitRange')).toBeUndefined();
  });
});
