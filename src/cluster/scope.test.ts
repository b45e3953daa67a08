import { describe, expect, it } from 'vitest';
import { apiResources } from '../model/discovery.ts';
import { manifestsOf } from './manifest.fixture.ts';
import { scopeOf } from './scope.ts';

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
