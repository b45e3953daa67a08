import { expect, test } from 'vitest';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import { decidingRepository } from './image-policies.ts';

/** The entry that decides about an image, of an image policy with these entries. */
function deciding(image: string, ...names: string[]): string | undefined {
  const policies = manifestsOf('policy.yaml', {
    apiVersion: 'portieris.cloud.ibm.com/v1',
    kind: 'ImagePolicy',
    metadata: { name: 'images', namespace: 'shop' },
    spec: { repositories: names.map((name) => ({ name })) },
  });
  return decidingRepository(policies, image)?.name;
}

test.each<[string, string, string[], string | undefined]>([
  ['is the longest pattern that matches', 'r.io/shop/web:1', ['r.io/*', 'r.io/shop/*', '*'], 'r.io/shop/*'],
  ['is the first of equally long patterns', 'r.io/ab', ['r.io/a*', 'r.io/*b'], 'r.io/a*'],
  ['is the image itself, however long a pattern', 'r.io/a', ['r.io/a*', 'r.io/a'], 'r.io/a'],
  ['is none where no pattern matches', 'r.io/a', ['s.io/*'], undefined],
])('the entry that decides about an image %s', (_which, image, names, expected) => {
  expect(deciding(image, ...names)).toBe(expected);
});
