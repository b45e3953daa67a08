import { expect, test } from 'vitest';
import { pathMatcher } from './path-matcher.ts';

test('patterns are relative to the configuration, paths to the working directory', () => {
  const matches = (base: string, cwd: string, pattern: string, path: string) => pathMatcher(base, cwd)([pattern])(path);
  expect(matches('/repo', '/repo', 'prod/**', 'prod/a/b.yaml')).toBe(true);
  expect(matches('/repo', '/repo/prod', 'prod/**', 'a/b.yaml')).toBe(true);
  expect(matches('/repo', '/repo/prod', 'prod/**', '../staging/b.yaml')).toBe(false);
  expect(matches('/repo', '/', 'prod/**', 'repo/prod/b.yaml')).toBe(true);
  expect(matches('/repo/conf', '/repo', 'a.yaml', 'conf/a.yaml')).toBe(true);
});

test('a pattern that names a directory means everything in it, hidden files included', () => {
  const isMatch = pathMatcher('/repo', '/repo')(['./prod/', 'base']);
  expect(
    ['prod/a.yaml', 'prod/.x/a.yaml', 'base', 'base/b/c.yaml', 'prod2/a.yaml', 'a/base/x.yaml'].map(isMatch),
  ).toEqual([true, true, true, true, false, false]);
  expect(pathMatcher('/repo', '/repo')(['.'])('any/where.yaml')).toBe(true);
  expect(pathMatcher('/repo', '/repo')([])('any/where.yaml')).toBe(false);
});
