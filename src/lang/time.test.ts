import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatTime, parseTime } from './time.ts';

function canonical(text: string, micro = false): string | undefined {
  const result = parseTime(text, micro);
  return 'error' in result ? result.error : (formatTime(result.seconds, result.micros, micro) ?? 'null');
}

it('reads and writes the time that Date does', () => {
  const date = fc.date({
    min: new Date('0100-01-01T00:00:00Z'),
    max: new Date('9999-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, (value) => {
      const text = `${value.toISOString().slice(0, 19)}Z`;
      expect(canonical(text)).toBe(text);
      expect(parseTime(text)).toMatchObject({ seconds: Math.floor(value.getTime() / 1000), nanos: 0 });
    }),
  );
});

// Answers of Go's time.Parse and of metav1.Time.
it.each([
  ['2020-02-29T23:59:59+02:00', '2020-02-29T21:59:59Z'],
  ['2020-01-01T1:00:00Z', '2020-01-01T01:00:00Z'],
  ['2020-01-01T00:00:00,5Z', '2020-01-01T00:00:00Z'],
  ['2020-01-01T00:00:00+24:60', '2019-12-30T23:00:00Z'],
  ['0001-01-01T00:00:00Z', 'null'],
  ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
  ['2020-01-01', 'parsing time "2020-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
  ['2020-13-01T00:00:00Z', 'parsing time "2020-13-01T00:00:00Z": month out of range'],
  ['2021-02-29T00:00:00Z', 'parsing time "2021-02-29T00:00:00Z": day out of range'],
  ['2020-01-01T00:00:00Zx', 'parsing time "2020-01-01T00:00:00Zx": extra text: "x"'],
])('reads %s as %s', (text, expected) => {
  expect(canonical(text)).toBe(expected);
});

it('wants six decimals of a MicroTime', () => {
  expect(canonical('2020-01-01T00:00:00.000123-07:30', true)).toBe('2020-01-01T07:30:00.000123Z');
  expect(canonical('2020-01-01T00:00:00Z', true)).toMatch(/cannot parse "Z" as "\.000000"$/);
});
