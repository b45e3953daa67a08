import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegexp, type Regexp } from './regexp.ts';

function compiled(pattern: string): Regexp {
  const regexp = compileRegexp(pattern);
  if ('error' in regexp) throw new Error(regexp.error);
  return regexp;
}

// Answers of Go's regexp.
it.each([
  ['a+', 'baac', 'aa'],
  ['a+?', 'baac', 'a'],
  ['a|ab', 'ab', 'a'],
  ['(?i)k', '\u212a', '\u212a'],
  ['(?i)STRASSE', 'straße', ''],
  ['(?s)a.b', 'a\nb', 'a\nb'],
  ['a.b', 'a\nb', ''],
  ['(?m)^b$', 'a\nb\nc', 'b'],
  ['^b$', 'a\nb\nc', ''],
  [String.raw`\bweb\b`, 'a web b', 'web'],
  [String.raw`\p{Greek}+`, 'abc αβγ', 'αβγ'],
  [String.raw`[^\d\s]+`, '12 ab', 'ab'],
  ['[[:alpha:]-]+', '1a-b2', 'a-b'],
  ['x{2,3}', 'xxxx', 'xxx'],
  ['a{,2}', 'a{,2}', 'a{,2}'],
  [String.raw`\Qa.b\E+`, 'a.bbb', 'a.bbb'],
  ['(?U)a+', 'aaa', 'a'],
  ['(?P<n>a)(?<m>b)', 'ab', 'ab'],
  ['', 'abc', ''],
  [String.raw`\x{1F600}`, 'a😀', '😀'],
])('%s finds in %j the text %j', (pattern, text, found) => {
  expect(compiled(pattern).find(text)).toBe(found);
});

it.each([
  ['(', 'missing closing ): `(`'],
  ['a)', 'unexpected ): `a)`'],
  ['[a-z', 'missing closing ]: `[a-z`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['*', 'missing argument to repetition operator: `*`'],
  ['x{1001}', 'invalid repeat count: `{1001}`'],
  ['(x{100}){100}', 'invalid repeat count: `{100}`'],
  ['(?=x)', 'invalid or unsupported Perl syntax: `(?=`'],
  [String.raw`(a)\1`, 'invalid escape sequence: `\\1`'],
  ['a\\', 'trailing backslash at end of expression: ``'],
  [String.raw`\p{Nope}`, 'invalid character class range: `\\p{Nope}`'],
])('refuses %s', (pattern, error) => {
  expect(compileRegexp(pattern)).toEqual({ error: `error parsing regexp: ${error}` });
});

it('finds all that do not overlap', () => {
  expect(compiled('[0-9]+').findAll('a1b22c333', -1)).toEqual(['1', '22', '333']);
  expect(compiled('[0-9]+').findAll('a1b22c333', 2)).toEqual(['1', '22']);
  expect(compiled('').findAll('aaa', -1)).toEqual(['', '', '', '']);
  expect(compiled('a*').findAll('baac', -1)).toEqual(['', 'aa', '']);
});

describe('in bounded time', () => {
  it.each(['(a+)+$', '(a|aa)+$', '(.*)(.*)(.*)(.*)x'])('%s is tried on a long text', (pattern) => {
    expect(compiled(pattern).matches(`${'a'.repeat(5000)}!`)).toBe(false);
  });

  it('a deep nesting is refused', () => {
    const pattern = `${'('.repeat(2000)}a${')'.repeat(2000)}`;
    expect(compileRegexp(pattern)).toHaveProperty('error', expect.stringContaining('expression nests too deeply'));
  });
});

it('agrees with JavaScript where the languages are the same', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    'c',
    '.',
    '[ab]',
    '[^a]',
    String.raw`\w`,
    String.raw`\d`,
    '(?:ab)',
    '(?:a|b|)',
  );
  const piece = fc
    .tuple(atom, fc.constantFrom('', '', '?', '*', '+', '{2}', '{0,2}', '*?', '+?'))
    .map((parts) => parts.join(''));
  const pattern = fc
    .array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((branches) => branches.map((branch) => branch.join('')).join('|'));
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '1', '-'), { maxLength: 10 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(pattern, text, (written, subject) => {
      expect(compiled(written).find(subject)).toBe(new RegExp(written).exec(subject)?.[0] ?? '');
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['b+c', 'aabbc', true],
  ['^b', 'ab', false],
  ['b$', 'ab', true],
  ['b$', 'ba', false],
  ['^.$', '😀', true],
  ['^..$', '😀', false],
  [String.raw`\bb`, 'ab', false],
  [String.raw`\bb`, 'a b', true],
  [String.raw`a\b`, 'ab', false],
  [String.raw`a\Bb`, 'ab', true],
  ['(?m)^b$', 'a\nb\nc', true],
  ['(?m)^c$', 'a\nbc', false],
  ['^$', '', true],
  ['[^a]é', 'aéxé', true],
])('%s matches in %j: %s', (pattern, text, isMatch) => {
  const regexp = compiled(pattern);
  // The second time all states are there.
  expect([regexp.matches(text), regexp.matches(text)]).toEqual([isMatch, isMatch]);
});
