import { describe, expect, it } from 'vitest';
import { apiResources } from '../../model/discovery.ts';
import { manifestsOf } from '../load/manifest.fixture.ts';
import { customScopes, scopeOf } from './scope.ts';

describe('scopeOf', () => {
  it.each([11, 16, 19, 22, 24, 25, 29, 31, 33, 35, 37])(
    'agrees with the discovery of 1.%i about every kind',
    (minor) => {
      const wrong = apiResources({ minor }).filter(({ group, version, kind, namespaced }) => {
        const apiVersion = group === '' ? version : `${group}/${version}`;
        const [object] = manifestsOf('a.yaml', { apiVersion, kind, metadata: { name: 'a' } });
        return object === undefined || (scopeOf(object, new Map()) === 'namespaced') !== namespaced;
      });
      expect(wrong.map(({ group, kind }) => `${group}/${kind}`)).toEqual([]);
    },
  );
});

describe('customScopes', () => {
  it.each([
    ['', 'Pod', undefined],
    ['apps', 'Deployment', undefined],
    ['example.org', 'Pod', 'cluster'],
    ['projectcalico.org', 'NetworkSet', 'cluster'],
  ])('of a definition of group "%s" and kind %s', (group, kind, scope) => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'x' },
      spec: { ...(group === '' ? {} : { group }), scope: 'Cluster', names: { kind } },
    };
    expect(customScopes(manifestsOf('a.yaml', definition)).get(`${group}/${kind}`)).toBe(scope);
  });
});
