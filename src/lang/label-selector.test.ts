import { describe, expect, it } from 'vitest';
import { isLabelName, isLabelValue, labelSelectorMatches, labelSelectorProblems } from './label-selector.ts';

const labels = new Map([['app', 'web']]);
const requirement = (operator: string, values: string[] = [], key = 'app') => ({
  matchExpressions: [{ key, operator, values }],
});

describe('label selectors of Kubernetes', () => {
  it('match everything when they are empty', () => {
    expect(labelSelectorMatches({}, labels)).toBe(true);
  });

  it.each([
    ['In', ['web'], 'app', true],
    ['In', ['db'], 'app', false],
    ['In', [''], 'none', false],
    ['NotIn', ['web'], 'app', false],
    ['NotIn', ['web'], 'none', true],
    ['Exists', [], 'none', false],
    ['DoesNotExist', [], 'none', true],
  ])('%s %j on %s: %s', (operator, values, key, expected) => {
    expect(labelSelectorMatches(requirement(operator, values, key), labels)).toBe(expected);
  });

  it('need values exactly where the operator takes them', () => {
    expect(labelSelectorProblems(requirement('In'))).toHaveLength(1);
    expect(labelSelectorProblems(requirement('Exists', ['x']))).toHaveLength(1);
    expect(labelSelectorProblems(requirement('Equals'))).toHaveLength(1);
    expect(labelSelectorProblems(requirement('NotIn', ['-']))).toHaveLength(1);
    expect(labelSelectorProblems({ matchLabels: { 'a/b/c': 'x' } })).toHaveLength(1);
    expect(labelSelectorProblems(requirement('NotIn', ['x']))).toEqual([]);
  });

  it('know names and values', () => {
    expect(['a', 'A_b-c.d', 'x.y/z', 'a'.repeat(63)].every(isLabelName)).toBe(true);
    expect(['', '-a', 'a-', '/a', 'X.y/z', 'a'.repeat(64)].some(isLabelName)).toBe(false);
    expect(['', 'a', 'A_1'].every(isLabelValue)).toBe(true);
    expect(['_a', 'a b', 'a'.repeat(64)].some(isLabelValue)).toBe(false);
  });
});
