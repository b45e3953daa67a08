import { expect, test } from 'vitest';
import { compareBytes } from './byte-order.ts';
import { goQuote } from './go-quote.ts';

test.each([
  ['plain', '"plain"'],
  ['', '""'],
  ['say "a\\b"', String.raw`"say \"a\\b\""`],
  ['tab\tline\nbell\x07nul\0del\x7f', String.raw`"tab\tline\nbell\anul\x00del\x7f"`],
  ['é 漢 😀', '"é 漢 😀"'],
  ['\u00a0\u200b\ufeff', String.raw`"\u00a0\u200b\ufeff"`],
  ['\u{e0001}', String.raw`"\U000e0001"`],
])('%j is quoted as Go quotes it', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted);
});

test('strings sort by their UTF-8 bytes', () => {
  const names = ['b', 'a', 'B', '-', '10', '2', 'ab', '', 'é', '\uff5e', '\u{1f600}', '\u{10000}'];
  const byBytes = names.toSorted((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
  expect(names.toSorted(compareBytes)).toEqual(byBytes);
});
