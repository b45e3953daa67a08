import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJson } from './json/read-json.ts';
import { sameInOrder, sameTree } from './same-tree.ts';
import type { Tree } from './tree.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

function treeOf(value: JsonObject): Tree {
  const text = JSON.stringify(value);
  const { root } = readJson(text, 0, text.length, 'body');
  if (root === undefined) throw new Error('no tree');
  return root;
}

function same(a: JsonObject, b: JsonObject): boolean {
  return sameTree(treeOf(a), treeOf(b));
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reversed(child)]),
  );
}

const values = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.jsonValue({ maxDepth: 3 }),
) as fc.Arbitrary<JsonObject>;

it('takes equal values in any order of keys for the same', () => {
  fc.assert(fc.property(values, (value) => same(value, reversed(value) as JsonObject)));
});

it('agrees with comparing the values', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const sorted = (value: JsonObject): string =>
        JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
      if (sorted(a) === sorted(b)) expect(same(a, b)).toBe(true);
      else expect(same(a, b)).toBe(sorted(reversed(a) as JsonObject) === sorted(reversed(b) as JsonObject));
    }),
    { numRuns: 300 },
  );
});

it('sees the order of keys where it is asked for', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(sameInOrder(treeOf(a), treeOf(b))).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(sameInOrder(treeOf(a), treeOf(a))).toBe(true);
    }),
  );
});
