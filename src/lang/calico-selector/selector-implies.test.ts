import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelector, isSelectorError } from './parse-selector.ts';
import { selectorImplies } from './selector-implies.ts';
import { selectorMatches } from './selector-matches.ts';
import type { SelectorNode } from './selector-node.ts';

function parse(text: string): SelectorNode {
  const node = parseSelector(text);
  if (isSelectorError(node)) throw new Error(node.message);
  return node;
}

const atom = fc.constantFrom(
  'all()',
  'has(a)',
  '!has(a)',
  "a == 'x'",
  "a != 'x'",
  "a in {'x', 'y'}",
  "a not in {'x', 'y'}",
  "a starts with 'x'",
  "a contains 'y'",
  "b == 'x'",
  "b != 'y'",
  'has(b)',
);
const selector = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: atom },
    fc.tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie('tree').map((tree) => `!(${tree})`),
  ),
})).tree;
const values = [undefined, 'x', 'y', 'xy', 'z'];
const everyLabels = values.flatMap((a) => values.map((b) => ({ get: (name: string) => (name === 'a' ? a : b) })));

describe('selectorImplies', () => {
  it('never says that one selector implies another where some labels match only the first', () => {
    let said = 0;
    fc.assert(
      fc.property(selector, selector, (left, right) => {
        const [a, b] = [parse(left), parse(right)];
        if (!selectorImplies(a, b)) return;
        said++;
        for (const labels of everyLabels) if (selectorMatches(a, labels)) expect(selectorMatches(b, labels)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(said).toBeGreaterThan(300);
  });

  it.each([
    ["a == 'x' && b == 'y'", "a == 'x'"],
    ["a == 'x'", 'has(a)'],
    ["a == 'x'", "a in {'w', 'x'}"],
    ["a in {'x', 'y'}", "a != 'z'"],
    ["a not in {'x', 'y'}", "a != 'x'"],
    ["a == 'x' || a == 'y'", "a in {'x', 'y'}"],
    ["a == 'x'", "!(a == 'y')"],
    ['!has(a)', "a != 'x'"],
    ["a == 'x'", "a == 'x' || b == 'y'"],
    ["a == 'x' && b == 'y'", "(a == 'x' && has(b)) || has(c)"],
  ])('sees that %s implies %s', (a, b) => {
    expect(selectorImplies(parse(a), parse(b))).toBe(true);
  });
});
