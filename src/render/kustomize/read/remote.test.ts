import { expect, test } from 'vitest';
import { cleanPath, joinPath } from './posix-path.ts';
import { gitRepository, isRemoteFile } from './remote.ts';

test.each([
  ['github.com/o/r', 'https://github.com/', 'o/r'],
  ['https://github.com/o/r//p?ref=v1', 'https://github.com/', 'o/r'],
  ['git@github.com:o/r.git//p', 'git@github.com:', 'o/r.git'],
  ['ssh://git@host/o/r/p', 'ssh://git@host/', 'o/r'],
  ['git::https://host/o/r', 'https://host/', 'o/r'],
  ['https://dev.azure.com/o/p/_git/r/base', 'https://dev.azure.com/', 'o/p/_git/r'],
  ['file:///base', 'file://', '/base'],
])('%s is a repository', (url, host, repository) => {
  const found = gitRepository(url);
  expect(found?.repository).toBe(repository);
  expect(found?.host.replace(/^github/, 'https://github')).toBe(host);
});

test.each([
  '../base',
  '/base',
  'base',
  'oci://x/y',
  'https://example.com/x.yaml',
  'https://host/o/r//../x',
  'host/o/r',
])('%s is none', (path) => {
  expect(gitRepository(path)).toBeUndefined();
});

test('only HTTP fetches a file', () => {
  expect(['https://h/x', 'HTTP://h', 'ftp://h/x', 'x.yaml'].map(isRemoteFile)).toEqual([true, true, false, false]);
});

test.each([
  ['/a/./b/../c/', '/a/c'],
  ['../x', '../x'],
  ['/../x', '/x'],
  ['', '.'],
])('%s is cleaned', (path, clean) => {
  expect(cleanPath(path)).toBe(clean);
});

test('paths are joined below a directory', () => {
  expect([joinPath('/a/b', '../c'), joinPath('/a', '')]).toEqual(['/a/c', '/a']);
});
