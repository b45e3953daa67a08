import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitSet } from './bit-set.ts';

const size = 300;
const numbers = fc.uniqueArray(fc.nat(size - 1));

function setOf(values: readonly number[]): BitSet {
  const set = new BitSet(size);
  for (const value of values) set.add(value);
  return set;
}

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe('sets of bits', () => {
  it('do what sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [x, y] = [setOf(a), setOf(b)];
        expect([...x]).toEqual(ascending(a));
        expect([...x.union(y)]).toEqual(ascending(new Set([...a, ...b])));
        expect([...x.intersection(y)]).toEqual(ascending(a.filter((n) => b.includes(n))));
        expect([...x.difference(y)]).toEqual(ascending(a.filter((n) => !b.includes(n))));
        expect(x.intersects(y)).toBe(a.some((n) => b.includes(n)));
        expect(x.difference(y).isEmpty()).toBe(a.every((n) => b.includes(n)));
        expect(x.countCommon(y)).toBe(a.filter((n) => b.includes(n)).length);
        const more = setOf(a);
        more.addAll(y);
        expect(more.equals(x.union(y))).toBe(true);
        expect(x.equals(y)).toBe(JSON.stringify(ascending(a)) === JSON.stringify(ascending(b)));
        const again = x.union(y).difference(y.difference(x));
        expect([again.equals(x), again.hash()]).toEqual([true, x.hash()]);
        expect(x.first()).toBe(a.length === 0 ? -1 : Math.min(...a));
        expect([0, 31, 32, 99, 299].map((n) => x.has(n))).toEqual([0, 31, 32, 99, 299].map((n) => a.includes(n)));
      }),
    );
  });

  it.each([0, 1, 32, 33])('are full with %i numbers', (count) => {
    expect([...BitSet.full(count)]).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(BitSet.full(count).isEmpty()).toBe(count === 0);
  });
});
