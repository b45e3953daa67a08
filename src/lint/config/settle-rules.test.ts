import { expect, test } from 'vitest';
import { defineRule } from '../rule.ts';
import { rulesNotRun, settleRules } from './settle-rules.ts';

const made = (id: `${string}/${string}`, stage: 'stable' | 'preview' = 'stable') =>
  defineRule({
    id,
    stage,
    summary: 'Nothing is wrong',
    severity: 'warning',
    precision: 'proved',
    since: '0.1.0',
    tags: [],
    scope: 'tree',
    needs: [],
    messages: {},
    find: () => [],
    say: {},
  });
const rules = [made('example/a'), made('example/b'), made('example/new', 'preview')];

test('a rule that the configuration turns off is told as off, with or without a list around the level', () => {
  for (const off of ['off', ['off']] as const) {
    const config = { rules: { 'example/b': off } };
    expect(settleRules(rules, config).map(({ rule }) => rule.id)).toEqual(['example/a']);
    expect(rulesNotRun(rules, config)).toEqual([
      { rule: 'example/b', reason: 'off' },
      { rule: 'example/new', reason: 'preview' },
    ]);
  }
});

test('a preview rule runs where the configuration names it', () => {
  const config = { rules: { 'example/new': 'info' } } as const;
  expect(settleRules(rules, config).map(({ rule, level }) => [rule.id, level])).toEqual([
    ['example/a', undefined],
    ['example/b', undefined],
    ['example/new', 'info'],
  ]);
  expect(rulesNotRun(rules, config)).toEqual([]);
});
