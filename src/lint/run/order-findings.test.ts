import { expect, test } from 'vitest';
import { type Draft, identify } from './order-findings.ts';

const file = { path: 'many.yaml', text: '' };

function draft(start: number): Draft {
  return {
    baseId: '0011223344556677',
    rule: 'meta/parse',
    severity: 'error',
    messageKey: 'parse',
    message: 'broken',
    file,
    span: { start, end: start + 1 },
    path: [],
    related: [],
    cluster: '',
    steps: [],
  };
}

test('twenty thousand findings that nothing but their order tells apart get ids of their own, in linear time', () => {
  const findings = identify(Array.from({ length: 20_000 }, (_, index) => draft(index)));
  expect(new Set(findings.map(({ id }) => id)).size).toBe(20_000);
});

test('more findings of the same identity after them leave the ids of the first ones alone', () => {
  const few = identify([draft(0), draft(1), draft(2), draft(3), draft(4)]);
  const more = identify(Array.from({ length: 10 }, (_, index) => draft(index)));
  expect(more.slice(0, 5).map(({ id }) => id)).toEqual(few.map(({ id }) => id));
});
