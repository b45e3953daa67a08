import { describe, expect, it } from 'vitest';
import { allowsHostPath, hasPathPrefix } from './host-paths.ts';

describe('allowsHostPath', () => {
  const data = { pathPrefix: '/data', readOnly: true };

  it('allows any path where the policy lists none', () => {
    expect(allowsHostPath([], '/etc')).toEqual({ allowed: true, mustBeReadOnly: false });
  });

  it('refuses a path that no entry holds', () => {
    expect(allowsHostPath([data], '/etc')).toEqual({ allowed: false, mustBeReadOnly: false });
  });

  it('names the first of the entries that allow reading alone', () => {
    const entries = [{ pathPrefix: '/srv' }, data, { pathPrefix: '/data/logs', readOnly: true }];
    expect(allowsHostPath(entries, '/data/logs/web')).toEqual({ allowed: true, mustBeReadOnly: true, index: 1 });
  });

  it('prefers an entry that allows writing, wherever it stands', () => {
    const entries = [data, { pathPrefix: '/data', readOnly: false }];
    expect(allowsHostPath(entries, '/data')).toEqual({ allowed: true, mustBeReadOnly: false, index: 1 });
  });
});

describe('hasPathPrefix', () => {
  it.each([
    ['/foo', '/foo', true],
    ['/foo/bar', '/foo', true],
    ['/foo/bar', '/foo/', true],
    ['/foo/', '/foo', true],
    ['/food', '/foo', false],
    ['/foo', '/foo/bar', false],
    ['/anything', '/', true],
  ])('%s under %s: %s', (path, prefix, isBelow) => {
    expect(hasPathPrefix(path, prefix)).toBe(isBelow);
  });
});
