import { describe, expect, it } from 'vitest';
import { isUnderHttpPrefix, normalizeHttpPath } from './http-path.ts';

describe('paths of requests', () => {
  it.each([
    ['/', '/'],
    ['/api/../x', '/x'],
    ['/../..', '/'],
    ['//a/./b/', '/a/b'],
    ['/api%2fv1', '/api/v1'],
    ['/api;x=1/v1?q=1', '/api/v1'],
    ['/a\\b', '/a/b'],
    ['/a#b', '/a'],
    ['/é', '/Ã©'],
    ['/%C3%A9', '/Ã©'],
  ])('%s is %s', (path, expected) => {
    expect(normalizeHttpPath(path)).toBe(expected);
  });

  it.each(['/%', '/%zz', '/%252e', '/a%00', 'a', '%61'])('%s cannot be compared safely', (path) => {
    expect(normalizeHttpPath(path)).toBeUndefined();
  });

  it('lie under a prefix only at the end of a segment', () => {
    expect(isUnderHttpPrefix('/api/v1', '/api')).toBe(true);
    expect(isUnderHttpPrefix('/apix', '/api')).toBe(false);
    expect(isUnderHttpPrefix('/apix', '/')).toBe(true);
  });
});
