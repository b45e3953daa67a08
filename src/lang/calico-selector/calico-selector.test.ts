import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalSelector } from './canonical-selector.ts';
import { isSelectorLabel } from './lex.ts';
import { isSelectorError, parseSelector } from './parse-selector.ts';
import { prefixLabels } from './prefix-labels.ts';
import { selectorMatches } from './selector-matches.ts';
import type { SelectorNode } from './selector-node.ts';

function parse(text: string): SelectorNode {
  const parsed = parseSelector(text);
  if (isSelectorError(parsed)) throw new Error(`${text}: ${parsed.message}`);
  return parsed;
}

const matches = (text: string, labels: Record<string, string>): boolean =>
  selectorMatches(parse(text), new Map(Object.entries(labels)));

describe('what a selector matches', () => {
  it.each([
    ['', {}, true],
    ['all()', {}, true],
    ['!all()', {}, false],
    ["a == 'b'", { a: 'b' }, true],
    ["a == 'b'", {}, false],
    ["a != 'b'", {}, true],
    ["a not in {'b'}", {}, true],
    ["a notin {'b', }", { a: 'c' }, true],
    ['a in {}', { a: '' }, false],
    ["a contains 'x'", {}, false],
    ["a starts with 'be' && a endswith 'ef'", { a: 'beef' }, true],
    ["a == 'x' || b == 'y' && c == 'z'", { a: 'x' }, true],
    ["(a == 'x' || b == 'y') && c == 'z'", { a: 'x' }, false],
    ['!!has( a )', { a: '' }, true],
    ["in in {'x'} && all == 'y'", { in: 'x', all: 'y' }, true],
  ])('%s on %j: %s', (text, labels, expected) => {
    expect(matches(text, labels)).toBe(expected);
  });
});

describe('what is refused', () => {
  it.each([
    ["app = 'web'", 'expected ==', 4, 5],
    ['app == web', 'expected string', 7, 10],
    ["app == 'web", 'unterminated string', 7, 11],
    ["app == 'x' &&", 'unexpected token: TokEOF()', 13, 13],
    ["app in {'a' 'b'}", 'expected }', 12, 15],
    ['has(app', "no closing ')' after has(", 0, 7],
    ['has (app)', 'expected == or != not: TokLParen()', 4, 5],
    ["a == 'x' and b == 'y'", 'expected operator after label "and"', 13, 14],
    ["a == 'x' )", 'unexpected content at end of selector [TokRParen() TokEOF()]', 9, 10],
    ['app', 'unexpected end of string looking for op', 3, 3],
    ["app == 'x'\n", 'expected identifier', 10, 11],
    ["a Contains 'x'", 'expected operator after label "a"', 2, 10],
    ["(a == 'x'", 'expected )', 9, 9],
  ])('%s', (text, message, start, end) => {
    expect(parseSelector(text)).toEqual({ message, start, end });
  });

  it('a label of more than 512 characters', () => {
    expect(isSelectorLabel('a'.repeat(512))).toBe(true);
    expect(parseSelector(`has(${'a'.repeat(513)})`)).toMatchObject({ start: 4, end: 517 });
  });

  it('a hundred thousand open parentheses, without exhausting the stack', () => {
    expect(parseSelector('('.repeat(100_000))).toMatchObject({ message: 'unexpected token: TokEOF()' });
  });
});

const label = fc.constantFrom('a', 'b', 'c.d/e-f_g', 'in', 'all');
const value = fc.constantFrom('', 'x', 'y z', "it's", 'say "x"');
const { selector } = fc.letrec<{ selector: SelectorNode }>((tie) => ({
  selector: fc.oneof(
    { depthSize: 'small' },
    fc.constant<SelectorNode>({ kind: 'all' }),
    fc.constant<SelectorNode>({ kind: 'global' }),
    fc.record({ kind: fc.constant('has' as const), label }),
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('==', '!=', 'contains', 'starts with', 'ends with'),
      label,
      value,
    }),
    fc.record({
      kind: fc.constantFrom('in', 'not in'),
      label,
      values: fc.uniqueArray(value).map((values) => values.sort()),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('selector').filter(({ kind }) => kind !== 'not') }),
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      operands: fc.array(tie('selector'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));
const labels = fc.dictionary(label, value).map((record) => new Map(Object.entries(record)));

describe('the canonical form', () => {
  it('is a fixed point, and matches what the selector matches', () => {
    fc.assert(
      fc.property(selector, labels, (node, own) => {
        const text = canonicalSelector(node);
        const read = parse(text);
        expect(canonicalSelector(read)).toBe(text);
        expect(selectorMatches(read, own)).toBe(selectorMatches(node, own));
      }),
    );
  });

  it('is read back without a double negation, which Calico prints as it stands', () => {
    expect(canonicalSelector(parse('!(!has(a))'))).toBe('!!has(a)');
    expect(canonicalSelector(parse('!!has(a)'))).toBe('has(a)');
  });

  it('puts sets in order and parentheses around every operator', () => {
    expect(canonicalSelector(parse("a in {'y','x','y'}||! ( b!='z'&&has(c) )"))).toBe(
      '(a in {"x", "y"} || !(b != "z" && has(c)))',
    );
  });
});

describe('a prefix', () => {
  it('moves every label, so that it matches labels that were moved too', () => {
    fc.assert(
      fc.property(selector, labels, (node, own) => {
        const moved = new Map([...own].map(([name, text]) => [`pcns.${name}`, text]));
        expect(selectorMatches(prefixLabels(node, 'pcns.'), moved)).toBe(selectorMatches(node, own));
      }),
    );
  });
});
