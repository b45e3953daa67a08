import { describe, expect, test } from 'vitest';
import { addQuantities, compareQuantities, formatQuantity, parseQuantity, roundUpToMilli } from './quantity.ts';

function read(text: string) {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`${text} is refused`);
  return quantity;
}

describe('parseQuantity and formatQuantity', () => {
  test.each([
    ['1', '1'],
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1.500', '1.500'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1.0001Gi', '1073849198182400u'],
    ['0.1Ki', '102400m'],
    ['1e3', '1e3'],
    ['10e2', '1e3'],
    ['1E', '1E'],
    ['16Ei', '9223372036854775807'],
    ['0.1n', '1n'],
    ['.', '0'],
    ['.5', '500m'],
    ['5.', '5.'],
    ['+5', '+5'],
    ['0Mi', '0'],
    ['-1', '-1'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('%s is written %s', (written, canonical) => {
    expect(formatQuantity(read(written))).toBe(canonical);
  });

  test.each(['', 'a', '1ki', '1K', '1e', '1 Gi', '1.2.3', '--1', '1m1'])('%j is refused', (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });
});

test('roundUpToMilli rounds away from zero', () => {
  expect(formatQuantity(roundUpToMilli(read('100u')))).toBe('1m');
  expect(formatQuantity(roundUpToMilli(read('-1n')))).toBe('-1m');
  expect(formatQuantity(roundUpToMilli(read('1.500')))).toBe('1.500');
});

test('compareQuantities compares amounts, however far apart', () => {
  expect(compareQuantities(read('1'), read('1000m'))).toBe(0);
  expect(compareQuantities(read('1e1000000'), read('1'))).toBeGreaterThan(0);
  expect(compareQuantities(read('-2'), read('1'))).toBeLessThan(0);
});

test('addQuantities keeps the format of the first', () => {
  expect(formatQuantity(addQuantities(read('1Gi'), read('1024Mi')))).toBe('2Gi');
});
