import { describe, expect, test } from 'vitest';
import {
  addQuantities,
  amountOf,
  compareQuantities,
  decimalQuantity,
  formatQuantity,
  isPlainQuantity,
  parseQuantity,
  roundUpToMilli,
  roundUpToOne,
  subtractQuantities,
} from './quantity.ts';

function read(text: string) {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`${text} is refused`);
  return quantity;
}

test('what is plainly a quantity is written back as it is', () => {
  for (const suffix of ['', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi']) {
    for (let number = 1; number < 1000; number++) {
      const text = `${number}${suffix}`;
      expect([text, isPlainQuantity(text)]).toEqual([formatQuantity(roundUpToMilli(read(text))), true]);
    }
  }
  for (const text of ['0', '1000', '1.5', '01', '-1', '1u', '1e3', '1Ti', ' 1'])
    expect(isPlainQuantity(text)).toBe(false);
});

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

test('a sum has the format of its first term that is not zero, and the spelling of none', () => {
  expect(formatQuantity(addQuantities(read('0'), read('1536Mi')))).toBe('1536Mi');
  expect(formatQuantity(addQuantities(read('1073741824'), read('1Gi')))).toBe('2147483648');
  expect(formatQuantity(addQuantities(read('1Gi'), read('1073741824')))).toBe('2Gi');
  expect(formatQuantity(addQuantities(read('1e3'), read('1Ki')))).toBe('2024');
  expect(formatQuantity(addQuantities(read('+5'), read('0')))).toBe('5');
});

test('subtractQuantities takes away', () => {
  expect(formatQuantity(subtractQuantities(read('2'), read('500m')))).toBe('1500m');
  expect(formatQuantity(subtractQuantities(read('1Gi'), read('2Gi')))).toBe('-1Gi');
});

test('amounts are rounded up to units or thousandths', () => {
  expect(amountOf(read('1500m'))).toBe(2n);
  expect(amountOf(read('1500m'), 'milli')).toBe(1500n);
  expect(amountOf(read('1Ki'), 'milli')).toBe(1_024_000n);
  expect(formatQuantity(roundUpToOne(read('1500m')))).toBe('2');
  expect(formatQuantity(roundUpToOne(read('1.5Gi')))).toBe('1536Mi');
  expect(formatQuantity(decimalQuantity(250n, 'milli'))).toBe('250m');
});
