import { describe, expect, it } from 'vitest';
import { imageEntry } from './image-table.ts';
import { loadCluster } from '../load/load-cluster.ts';

const entry = (patterns: readonly string[], image: string) => {
  const images = Object.fromEntries(patterns.map((pattern) => [pattern, { user: pattern }]));
  return imageEntry(loadCluster([], { settings: { images } }), image)?.pattern;
};

describe('an entry of the image table', () => {
  const cases: [string, string, boolean][] = [
    ['nginx', 'nginx', true],
    ['nginx', 'nginx:1.25', true],
    ['nginx', 'docker.io/library/nginx:1.25', true],
    ['nginx', 'docker.io/acme/nginx', false],
    ['nginx:latest', 'nginx', true],
    ['nginx:1.25', 'nginx', false],
    ['nginx:1.*', 'nginx:1.25-alpine', true],
    ['nginx:1.*', 'nginx:1.25@sha256:aa', false],
    ['nginx@sha256:aa', 'nginx:1.25@sha256:aa', true],
    ['quay.io/acme/*', 'quay.io/acme/a/b:3', true],
    ['quay.io/acme/*', 'quay.io/acme2/a', false],
    ['localhost:5000/web', 'localhost:5000/web:2', true],
    ['*/web', 'ghcr.io/acme/web:2', true],
    ['*/web', 'ghcr.io/acme/website', false],
    ['a*a', 'a', false],
  ];
  for (const [pattern, image, does] of cases) {
    it(`\`${pattern}\` ${does ? 'stands' : 'does not stand'} for \`${image}\``, () => {
      expect(entry([pattern], image)).toBe(does ? pattern : undefined);
    });
  }

  it('counts by the longest pattern, whatever their order', () => {
    expect(entry(['nginx:1.25', 'nginx', '*nginx'], 'nginx:1.25')).toBe('nginx:1.25');
    expect(entry(['nginx', '*nginx', 'nginx:1.25'], 'nginx:1.25')).toBe('nginx:1.25');
  });
});
