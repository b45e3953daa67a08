import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareQuantities, formatQuantity, parseQuantity, quantityError } from './quantity.ts';

function canonical(text: string): string | undefined {
  const quantity = parseQuantity(text);
  return quantity && formatQuantity(quantity);
}

describe('a quantity', () => {
  // Answers of resource.ParseQuantity and Quantity.MarshalJSON.
  it.each([
    ['1', '1'],
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1000', '1k'],
    ['1e3', '1e3'],
    ['12E', '12E'],
    ['1.', '1.'],
    ['.5', '500m'],
    ['.', '0'],
    ['+1', '+1'],
    ['0.1n', '1n'],
    ['1.5n', '2n'],
    ['-1.5n', '-2n'],
    ['16Ei', '9223372036854775807'],
    ['9223372036854775808', '9223372036854775808'],
    ['0.5Ki', '512'],
    ['100000m', '100'],
    ['-0', '0'],
    ['3072Mi', '3Gi'],
  ])('written %s is %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    ['1ki', /suffix/],
    ['1 Gi', /regular expression/],
    ['true', /regular expression/],
    ['', /regular expression/],
    ['1..2', /regular expression/],
    ['1K', /suffix/],
    ['1e', /suffix/],
    ['1m1', /suffix/],
  ])('is not written %j', (text, message) => {
    expect(parseQuantity(text)).toBeUndefined();
    expect(quantityError(text)).toMatch(message);
  });

  it('has a canonical form that is its own, and equal in amount', () => {
    const suffix = fc.constantFrom(
      '',
      'n',
      'u',
      'm',
      'k',
      'M',
      'G',
      'T',
      'P',
      'E',
      'Ki',
      'Mi',
      'Gi',
      'Ti',
      'e3',
      'E-2',
    );
    const number = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.option(fc.nat(9999)), suffix);
    fc.assert(
      fc.property(number, ([integer, fraction, end]) => {
        const first = parseQuantity(`${integer}${fraction === null ? '' : `.${fraction}`}${end}`);
        if (first === undefined) throw new Error('not read');
        const text = formatQuantity(first);
        const second = parseQuantity(text);
        if (second === undefined) throw new Error(`not read again: ${text}`);
        expect(formatQuantity(second)).toBe(text);
        expect(compareQuantities(first, second)).toBe(0);
      }),
    );
  });

  it('of a million digits costs no more than its length', () => {
    const started = performance.now();
    expect(parseQuantity(`${'1'.repeat(1_000_000)}x`)).toBeUndefined();
    expect(canonical(`1${'0'.repeat(20_000)}`)).toBeDefined();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
