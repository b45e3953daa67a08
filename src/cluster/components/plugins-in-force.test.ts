import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import type { ClusterSettings } from '../index/cluster.ts';
import { loadCluster } from '../load/load-cluster.ts';
import { manifestsOf } from '../load/manifest.fixture.ts';
import { isPluginOn, type PluginInForce, pluginsInForce } from './plugins-in-force.ts';

function apiServer(command: string[], name = 'kube-apiserver'): JsonObject {
  const containers = [{ name: 'kube-apiserver', image: 'k8s.gcr.io/kube-apiserver:v1.24.17', command }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'kube-system' }, spec: { containers } };
}

function plugin(name: string, objects: JsonObject[], settings: ClusterSettings = {}): PluginInForce | undefined {
  const cluster = loadCluster(manifestsOf('cluster.yaml', ...objects), { settings });
  return pluginsInForce(cluster).find((each) => each.name === name);
}

describe('pluginsInForce', () => {
  test('says what the version does by default where there is no kube-apiserver manifest, and that this is taken for granted', () => {
    const settings = { kubernetesVersion: '1.24' };
    expect(plugin('ResourceQuota', [], settings)).toMatchObject({ value: 'on' });
    expect(plugin('AlwaysPullImages', [], settings)).toMatchObject({
      value: 'off',
      origin: 'off by default in Kubernetes 1.24, and there is no kube-apiserver manifest',
    });
    expect(plugin('AlwaysPullImages', [], settings)?.decide).toContain('admissionPlugins');
  });

  test.each([
    [['kube-apiserver', '--enable-admission-plugins=AlwaysPullImages,NodeRestriction']],
    [['kube-apiserver', '--enable-admission-plugins', 'NodeRestriction,AlwaysPullImages']],
    [['kube-apiserver', '--enable-admission-plugins=NodeRestriction', '--enable-admission-plugins=AlwaysPullImages']],
    [['kube-apiserver', '--enable_admission_plugins=AlwaysPullImages']],
  ])('reads %j', (command) => {
    expect(plugin('AlwaysPullImages', [apiServer(command)])).toMatchObject({ value: 'on' });
    expect(plugin('LimitRanger', [apiServer(command)])).toMatchObject({ value: 'on' });
    expect(plugin('EventRateLimit', [apiServer(command)])).toMatchObject({ value: 'off' });
  });

  test('lets a disabled plugin of the defaults be off, and the old flag list all that run', () => {
    const disabled = apiServer(['kube-apiserver', '--disable-admission-plugins=ResourceQuota']);
    expect(plugin('ResourceQuota', [disabled])).toMatchObject({ value: 'off' });
    const old = apiServer(['kube-apiserver', '--admission-control=NamespaceLifecycle']);
    expect(plugin('NamespaceLifecycle', [old])).toMatchObject({ value: 'on' });
    expect(plugin('ServiceAccount', [old])).toMatchObject({ value: 'off' });
  });

  test('does not know what servers that contradict each other do, nor one that would not start', () => {
    const one = apiServer(['kube-apiserver', '--enable-admission-plugins=AlwaysPullImages'], 'one');
    const other = apiServer(['kube-apiserver'], 'other');
    expect(plugin('AlwaysPullImages', [one, other])).toMatchObject({ value: 'unknown' });
    const both = ['--enable-admission-plugins=AlwaysPullImages', '--disable-admission-plugins=AlwaysPullImages'];
    expect(plugin('AlwaysPullImages', [apiServer(['kube-apiserver', ...both])])).toMatchObject({ value: 'unknown' });
  });

  test('takes the word of the configuration over all else', () => {
    const server = apiServer(['kube-apiserver', '--enable-admission-plugins=AlwaysPullImages']);
    const settings = { admissionPlugins: { AlwaysPullImages: false, PodSecurityPolicy: true } };
    expect(plugin('AlwaysPullImages', [server], settings)).toMatchObject({ value: 'off' });
    expect(plugin('PodSecurityPolicy', [server], settings)).toMatchObject({ value: 'on' });
  });

  test('keeps the order of the version, and knows none that it has not', () => {
    const names = (minor: number): readonly string[] =>
      pluginsInForce(loadCluster([], { settings: { kubernetesVersion: `1.${minor}` } })).map(({ name }) => name);
    const before = (list: readonly string[], a: string, b: string): boolean => list.indexOf(a) < list.indexOf(b);
    expect(before(names(22), 'PodSecurityPolicy', 'PodSecurity')).toBe(true);
    expect(before(names(24), 'PodSecurity', 'PodSecurityPolicy')).toBe(true);
    expect(before(names(17), 'ValidatingAdmissionWebhook', 'RuntimeClass')).toBe(true);
    expect(names(25)).not.toContain('PodSecurityPolicy');
    expect(names(37).at(-2)).toBe('ResourceQuota');
  });

  test('counts Pod Security Admission as off in 1.22, where its gate is closed', () => {
    const of = (kubernetesVersion: string): boolean =>
      isPluginOn(
        loadCluster(manifestsOf('cluster.yaml', apiServer(['kube-apiserver'])), { settings: { kubernetesVersion } }),
        'PodSecurity',
      );
    expect([of('1.22'), of('1.23'), of('1.37')]).toEqual([false, true, true]);
  });
});
