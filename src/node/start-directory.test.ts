import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findConfig } from './find-config.ts';
import { startDirectory } from './start-directory.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'k8sec-config-')));
  mkdirSync(join(root, 'repo/a/b'), { recursive: true });
  writeFileSync(join(root, 'repo/a/b/x.yaml'), '');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('the configuration is looked for from the deepest directory that holds every path', () => {
  const start = (...paths: string[]) => startDirectory({ paths, cwd: join(root, 'repo') }).slice(root.length);
  expect(start()).toBe('/repo');
  expect(start('a/b/x.yaml')).toBe('/repo/a/b');
  expect(start('a/b', 'a')).toBe('/repo/a');
  expect(start('a/b/x.yaml', '..')).toBe('');
  expect(start('a/*/x.yaml')).toBe('/repo/a');
  expect(start('a/b/*.yaml', '-')).toBe('/repo');
});

test('the nearest configuration counts, none above the repository, and none above the working directory where there is no repository', () => {
  const deep = join(root, 'repo/a/b');
  writeFileSync(join(root, '.k8sec.yaml'), '');
  expect(findConfig(deep, join(root, 'repo'))).toBeUndefined();
  expect(findConfig(deep, root)).toBe(join(root, '.k8sec.yaml'));
  mkdirSync(join(root, 'repo/.git'));
  expect(findConfig(deep, root)).toBeUndefined();
  writeFileSync(join(root, 'repo/package.json'), '{"name": "k8sec"}');
  expect(findConfig(deep, deep)).toBeUndefined();
  writeFileSync(join(root, 'repo/package.json'), '{"k8sec": {}}');
  expect(findConfig(deep, deep)).toBe(join(root, 'repo/package.json'));
  writeFileSync(join(root, 'repo/a/k8sec.config.mjs'), '');
  expect(findConfig(deep, deep)).toBe(join(root, 'repo/a/k8sec.config.mjs'));
});

test('a path that cannot even be looked at is left for reading to explain', () => {
  symlinkSync('self.yaml', join(root, 'self.yaml'));
  expect(startDirectory({ paths: ['self.yaml'], cwd: root })).toBe(root);
  expect(startDirectory({ paths: ['x'.repeat(5000)], cwd: root })).toBe(root);
});
