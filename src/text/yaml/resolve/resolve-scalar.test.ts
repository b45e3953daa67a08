import { expect, test } from 'vitest';
import { resolvePlain } from './resolve-scalar.ts';

/** A plain scalar as JSON would have it; text in quotes. */
function resolve(text: string): string {
  const resolved = resolvePlain(text);
  if (resolved === null || typeof resolved === 'boolean') return String(resolved);
  return typeof resolved === 'string' ? JSON.stringify(resolved) : resolved.literal;
}

test.each([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, 'true']),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, 'false']),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, 'null']),
  ...['yEs', 'tRue', 'nUll', 'None', 'yes no', '=', '<<', 'e3', '_1', '.', '-', '..', '+-1', '--1', '1,000', '1k'].map(
    (word) => [word, JSON.stringify(word)],
  ),
  ['0', '0'],
  ['-0', '0'],
  ['+1', '1'],
  ['0777', '511'],
  ['0o777', '511'],
  ['0O17', '15'],
  ['0o8', '"0o8"'],
  ['08', '8'],
  ['0128', '128'],
  ['0x1F', '31'],
  ['-0x1f', '-31'],
  ['0x', '"0x"'],
  ['0b101', '5'],
  ['-0b1', '-1'],
  ['0b-1', '-1'],
  ['0b2', '"0b2"'],
  ['1_000', '1000'],
  ['1__0', '10'],
  ['0_7', '7'],
  ['12:30:45', '"12:30:45"'],
  ['2001-12-14', '"2001-12-14"'],
  ['9223372036854775807', '9223372036854775807'],
  ['9223372036854775808', '9223372036854775808'],
  ['-9223372036854775809', '-9223372036854776000'],
  ['18446744073709551616', '18446744073709552000'],
  ['123456789012345678901234567890', '1.2345678901234568e+29'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['+.5', '0.5'],
  ['1.0', '1'],
  ['-0.0', '-0'],
  ['1e3', '1000'],
  ['1e21', '1e+21'],
  ['1e-7', '1e-7'],
  ['0.000001', '0.000001'],
  ['5e-324', '5e-324'],
  ['1e-400', '0'],
  ['1e400', '"1e400"'],
  ['.1_0', '0.1'],
  ['.1__0', '".1__0"'],
  ['.5e', '".5e"'],
  ['.inf', '+Inf'],
  ['-.Inf', '-Inf'],
  ['.NaN', 'NaN'],
])('%s is %s', (text, expected) => {
  expect(resolve(text)).toBe(expected);
});
