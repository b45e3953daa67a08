import { expect, test } from 'vitest';
import { Budget } from './budget.ts';

test('an allowance is spent once more than it has been used, and says at which limit', () => {
  const budget = new Budget(2);
  budget.spend(2);
  expect(budget.isSpent('more than 2 rules')).toBe(false);
  expect(budget.bound('all')).toEqual({ value: 'all', gaveUp: [] });
  budget.spend(1);
  expect(budget.isSpent('more than 2 rules')).toBe(true);
  expect(budget.isSpent('more than 2 rules')).toBe(true);
  budget.giveUp('more than 3 pods');
  expect(budget.bound('some')).toEqual({ value: 'some', gaveUp: ['more than 2 rules', 'more than 3 pods'] });
});
