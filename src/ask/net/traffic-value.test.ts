import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../lang/traffic/diagram.ts';
import { TrafficAlgebra } from '../../lang/traffic/traffic-set.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import { trafficValue } from './traffic-value.ts';
import type { NumberRange, PacketRanges } from './traffic-value.ts';

const algebra = new TrafficAlgebra();
const range = fc.tuple(fc.nat(6), fc.nat(3)).map(([first, size]) => ({ first, last: first + size }));
const simple: fc.Arbitrary<TrafficSet> = fc.oneof(
  fc.constantFrom(algebra.nothing, algebra.everything, algebra.ofProtocols([4, 5, 47])),
  fc
    .tuple(
      fc.constantFrom(6, 17),
      fc.constantFrom('source' as const, 'destination' as const),
      fc.array(range, { maxLength: 2 }),
    )
    .map(([protocol, side, ranges]) => algebra.ofPorts([protocol], side, ranges)),
  fc
    .tuple(fc.nat(2), fc.option(fc.nat(2), { nil: undefined }))
    .map(([type, code]) => algebra.ofIcmp([1, 58], type, code)),
);
const set = fc
  .array(fc.tuple(fc.constantFrom('union' as const, 'difference' as const), simple), { maxLength: 5 })
  .map((steps) => steps.reduce((made, [operation, next]) => algebra[operation](made, next), algebra.nothing));

function holds(ranges: readonly NumberRange[] | undefined, value: number): boolean {
  return ranges === undefined || ranges.some(({ first, last }) => first <= value && value <= last);
}

function isIn(packets: PacketRanges, [protocol, second, third]: readonly [number, number, number]): boolean {
  const { protocols, ports, sourcePorts, icmpTypes, icmpCodes } = packets;
  return holds([protocols], protocol) && holds(ports ?? icmpTypes, second) && holds(sourcePorts ?? icmpCodes, third);
}

describe('a set of packets as plain JSON', () => {
  it('has every packet of the set in one entry, and no other', () => {
    const point = fc.tuple(fc.constantFrom(1, 4, 6, 17, 47, 58, 255), fc.nat(10), fc.nat(10));
    fc.assert(
      fc.property(set, fc.array(point, { minLength: 10, maxLength: 20 }), (traffic, points) => {
        const { packets } = trafficValue(traffic);
        for (const each of points) {
          expect(packets.filter((entry) => isIn(entry, each)).length).toBe(valueAt(traffic, each) ? 1 : 0);
        }
      }),
    );
  });

  it('leaves out what may be anything', () => {
    expect(trafficValue(algebra.everything)).toEqual({
      words: 'all',
      packets: [{ protocols: { first: 0, last: 255 } }],
    });
    expect(trafficValue(algebra.ofPorts([6], 'destination', [{ first: 80, last: 81 }]))).toEqual({
      words: 'TCP 80-81',
      packets: [{ protocols: { first: 6, last: 6 }, ports: [{ first: 80, last: 81 }] }],
    });
    expect(trafficValue(algebra.nothing).packets).toEqual([]);
  });
});
