import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePortRanges, portRangesContain } from './port-range.ts';

describe('port ranges', () => {
  it('are merged where they touch or overlap', () => {
    const ranges = [
      { first: 82, last: 90 },
      { first: 80, last: 80 },
      { first: 81, last: 85 },
      { first: 443, last: 443 },
    ];
    expect(mergePortRanges(ranges)).toEqual([
      { first: 80, last: 90 },
      { first: 443, last: 443 },
    ]);
  });

  it('hold the same ports after merging', () => {
    const range = fc.tuple(fc.nat(20), fc.nat(5)).map(([first, size]) => ({ first, last: first + size }));
    fc.assert(
      fc.property(fc.array(range), fc.nat(26), (ranges, port) => {
        expect(portRangesContain(mergePortRanges(ranges), port)).toBe(portRangesContain(ranges, port));
      }),
    );
  });
});
