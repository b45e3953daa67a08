import { describe, expect, it } from 'vitest';
import { builtInPlugins } from '../../cluster/components/admission-plugins.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { NEWEST_MINOR } from '../../model/versions.ts';
import { decodeRequest } from './decode-request.ts';
import type { AdmissionPlugin } from './request/plugin.ts';
import { admissionPlugin, makePluginRegistry } from './registry.ts';
import { mayJudge } from './undecided-plugins.ts';

const plugin: AdmissionPlugin = { name: 'LimitRanger', operations: ['CREATE'], admit: () => ({}) };

describe('makePluginRegistry', () => {
  it('gives plugins by name', () => {
    const registry = makePluginRegistry([plugin]);
    expect(registry.plugin('LimitRanger')).toBe(plugin);
    expect(registry.plugin('Priority')).toBeUndefined();
  });

  it.each<[string, readonly AdmissionPlugin[], string]>([
    ['a name twice', [plugin, plugin], 'plugin LimitRanger: registered twice'],
    [
      'a name that no server has',
      [{ ...plugin, name: 'LimitRange' }],
      'plugin LimitRange: no API server has one of this name',
    ],
    ['no operation', [{ ...plugin, operations: [] }], 'plugin LimitRanger: looks at no operation'],
    ['no pass', [{ name: 'LimitRanger', operations: ['CREATE'] }], 'plugin LimitRanger: takes part in no pass'],
  ])('refuses %s', (_, plugins, message) => {
    expect(() => makePluginRegistry(plugins)).toThrow(message);
  });
});

/** Not decided from manifests, and about every kind of object. */
const ABOUT_ALL = ['Initializers', 'OwnerReferencesPermissionEnforcement'];

describe('every plugin of an API server', () => {
  const names = new Set(
    Array.from({ length: NEWEST_MINOR - 10 }, (_, index) => builtInPlugins(index + 11).map(({ name }) => name)).flat(),
  );
  const cluster = loadCluster([], { settings: {} });
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
  const user = { name: '', groups: [] };
  const request = { operation: 'CREATE' as const, user, namespace: 'default', resource: 'configmaps', subresource: '' };
  const attributes = decodeRequest(cluster, { ...request, object });

  it.each([...names])('%s is decided, or it is said what it looks at', (name) => {
    if (admissionPlugin(name) !== undefined) return;
    expect(mayJudge(cluster, name, attributes)).toBe(ABOUT_ALL.includes(name));
  });
});
