import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from './diagram.ts';
import { TrafficAlgebra } from './traffic-set.ts';
import type { TrafficSet } from './traffic-set.ts';

const algebra = new TrafficAlgebra();
const range = fc.tuple(fc.nat(8), fc.nat(3)).map(([first, size]) => ({ first, last: first + size }));
const protocol = fc.constantFrom(1, 6, 17);
const simple: fc.Arbitrary<TrafficSet> = fc.oneof(
  fc.constantFrom(algebra.nothing, algebra.everything),
  fc.array(protocol, { maxLength: 2 }).map((protocols) => algebra.ofProtocols([...new Set(protocols)])),
  fc
    .tuple(protocol, fc.constantFrom('source' as const, 'destination' as const), fc.array(range, { maxLength: 3 }))
    .map(([number, side, ranges]) => algebra.ofPorts([number], side, ranges)),
  fc.tuple(fc.nat(3), fc.option(fc.nat(2), { nil: undefined })).map(([type, code]) => algebra.ofIcmp([1], type, code)),
);
const set = fc
  .array(fc.tuple(fc.constantFrom('union' as const, 'intersection' as const, 'difference' as const), simple), {
    maxLength: 6,
  })
  .map((steps) => steps.reduce((made, [operation, next]) => algebra[operation](made, next), algebra.nothing));
const packet = fc.tuple(fc.constantFrom(1, 6, 17, 47, 255), fc.nat(12), fc.nat(12));

describe('sets of packets', () => {
  it('hold what their operations say', () => {
    fc.assert(
      fc.property(set, set, packet, (a, b, point) => {
        const inA = valueAt(a, point);
        const inB = valueAt(b, point);
        expect(valueAt(algebra.union(a, b), point)).toBe(inA || inB);
        expect(valueAt(algebra.intersection(a, b), point)).toBe(inA && inB);
        expect(valueAt(algebra.difference(a, b), point)).toBe(inA && !inB);
        expect(valueAt(algebra.complement(a), point)).toBe(!inA);
      }),
    );
  });

  it('are the same object when they hold the same packets', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(algebra.union(a, b)).toBe(algebra.union(b, a));
        expect(algebra.complement(algebra.complement(a))).toBe(a);
        expect(algebra.complement(algebra.union(a, b))).toBe(
          algebra.intersection(algebra.complement(a), algebra.complement(b)),
        );
        expect(algebra.union(algebra.difference(a, b), algebra.intersection(a, b))).toBe(a);
      }),
    );
  });

  it('know the edges of their ranges', () => {
    const ports = algebra.ofPorts([6], 'destination', [
      { first: 80, last: 90 },
      { first: 65535, last: 65535 },
    ]);
    const holds = (number: number): boolean => valueAt(ports, [6, number, 1]);
    expect([79, 80, 90, 91, 65534, 65535].map(holds)).toEqual([false, true, true, false, false, true]);
    expect(valueAt(ports, [17, 80, 1])).toBe(false);
  });
});
