import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressSet } from './address-set.ts';
import { blockOf, cidrContains, parseCidr } from './cidr.ts';
import type { Address, Cidr } from './cidr.ts';

/** Addresses that share all but their last byte, so that blocks overlap and touch. */
const address = fc.tuple(fc.constantFrom<4 | 6>(4, 6), fc.nat(255)).map(([family, byte]): Address => {
  return family === 4 ? { family, value: 0xffffff00 + byte } : { family, value: 0xffffff00n + BigInt(byte) };
});
const block = fc
  .tuple(address, fc.integer({ min: 0, max: 8 }))
  .map(([each, free]): Cidr => blockOf(each, (each.family === 4 ? 32 : 128) - free));

describe('a set of addresses', () => {
  it('holds what one of its blocks holds', () => {
    fc.assert(
      fc.property(fc.array(block), address, (blocks, each) => {
        expect(AddressSet.of(blocks).has(each)).toBe(blocks.some((one) => cidrContains(one, each)));
      }),
    );
  });

  it('covers a block of which it has all, some or no addresses', () => {
    fc.assert(
      fc.property(fc.array(block), block, (blocks, asked) => {
        const set = AddressSet.of(blocks);
        const size = 2 ** ((asked.family === 4 ? 32 : 128) - asked.bits);
        const held = Array.from({ length: size }, (_, i): boolean => {
          const each: Address =
            asked.family === 4 ? { family: 4, value: asked.base + i } : { family: 6, value: asked.base + BigInt(i) };
          return set.has(each);
        });
        expect(set.covers(asked)).toBe(held.every(Boolean) ? true : held.some(Boolean) ? 'maybe' : false);
      }),
    );
  });

  it('gives what it has between two addresses as blocks', () => {
    fc.assert(
      fc.property(fc.array(block), address, fc.nat(255), (blocks, first, length) => {
        const set = AddressSet.of(blocks);
        const at = (step: number): Address =>
          first.family === 4
            ? { family: 4, value: first.value + step }
            : { family: 6, value: first.value + BigInt(step) };
        const between = Array.from({ length: length + 1 }, (_, step) => at(step));
        const given = set.blocksBetween(first, at(length));
        const holding = between.map((each) => given.filter((one) => cidrContains(one, each)).length);
        expect(holding).toEqual(between.map((each) => (set.has(each) ? 1 : 0)));
        const size = given.reduce((sum, one) => sum + 2 ** ((one.family === 4 ? 32 : 128) - one.bits), 0);
        expect(size).toBe(between.filter((each) => set.has(each)).length);
      }),
    );
  });

  it.each(['0.0.0.0/0', '::/0'])('may have all addresses: %s', (text) => {
    const all = [parseCidr(text)?.cidr ?? []].flat();
    expect(all.map((each) => AddressSet.of(all).covers(each))).toEqual([true]);
  });
});
