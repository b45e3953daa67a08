import { describe, expect, it } from 'vitest';
import { isOneEditAway } from './one-edit-away.ts';

describe('words that are probably one and the same', () => {
  it.each([
    ['wordpres', 'wordpress'],
    ['Frontend', 'frontend'],
    ['my_app', 'my-app'],
    ['worker', 'workers'],
    ['backned', 'backend'],
    ['mariadb', 'mariabd'],
    ['redis', 'radis'],
    ['ui', 'iu'],
  ])('%s and %s are', (a, b) => {
    expect(isOneEditAway(a, b)).toBe(true);
    expect(isOneEditAway(b, a)).toBe(true);
  });

  it.each([
    ['web', 'web'],
    ['worker-1', 'worker-2'],
    ['v1', 'v2'],
    ['v1', '1v'],
    ['ui', 'io'],
    ['node1', 'node'],
    ['api', 'apa'],
    ['frontend', 'backend'],
    ['stage', 'staging'],
  ])('%s and %s are not', (a, b) => {
    expect(isOneEditAway(a, b)).toBe(false);
    expect(isOneEditAway(b, a)).toBe(false);
  });
});
