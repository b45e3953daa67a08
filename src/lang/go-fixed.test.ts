import { expect, test } from 'vitest';
import { goFixed } from './go-fixed.ts';

test.each([
  [1, '1.000000'],
  [0, '0.000000'],
  [1 / 3, '0.333333'],
  [2 / 3, '0.666667'],
  [1 + 1 / 128, '1.007812'],
  [1 + 3 / 128, '1.023438'],
  [62.5, '62.500000'],
  [0.0000004, '0.000000'],
])('%d is printed %s, halves to even', (value, text) => {
  expect(goFixed(value)).toBe(text);
});
