import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, cidrContains, parseAddress, parseCidr, parseCidrOrAddress } from './cidr.ts';

describe('addresses, as Go reads them', () => {
  it.each([
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    '1.2.3.4 ',
    '',
    ':',
    ':::',
    '1::2::3',
    'fe80::1%eth0',
    '12345::',
    '::1.2.3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it.each([
    ['0.0.0.0', 4, 0],
    ['255.255.255.255', 4, 2 ** 32 - 1],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
    ['1:2:3:4:5:6:7::', 6, 0x00010002000300040005000600070000n],
    ['fd00::1.2.3.4', 6, 0xfd000000000000000000000001020304n],
    ['::ffff:1.2.3.4', 4, 0x01020304],
  ])('reads %s', (text, family, value) => {
    expect(parseAddress(text)).toEqual({ family, value });
  });

  it('reads leading zeros only where Kubernetes still does', () => {
    expect(parseAddress('010.0.0.1', { leadingZeros: true })).toEqual(parseAddress('10.0.0.1'));
  });
});

describe('blocks', () => {
  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/+8', '::/129', '/8', '10.0.0.0/8/8'])(
    'refuses %j',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  it('says whether bits were set after the mask', () => {
    expect(parseCidr('10.1.2.3/8')).toMatchObject({ masked: false, cidr: { family: 4, base: 10 * 2 ** 24, bits: 8 } });
    expect(parseCidr('10.0.0.0/8')?.masked).toBe(true);
  });

  it('takes an address for the block of it alone', () => {
    expect(parseCidrOrAddress('fd00::1')?.cidr).toEqual({
      family: 6,
      base: 0xfd000000000000000000000000000001n,
      bits: 128,
    });
  });

  it('takes an IPv4-mapped block for the IPv4 one', () => {
    expect(parseCidr('::ffff:10.0.0.0/104')?.cidr).toEqual(parseCidr('10.0.0.0/8')?.cidr);
    expect(parseCidr('::ffff:10.0.0.0/80')?.cidr).toEqual({ family: 6, base: 0n, bits: 80 });
  });

  it('contain the addresses they are made of, and nothing of the other family', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), fc.nat(32), (four, six, bits) => {
        const a = parseAddress(four);
        const b = parseAddress(six);
        if (a === undefined || b === undefined || b.family === 4) return;
        expect(cidrContains(blockOf(a, bits), a)).toBe(true);
        expect(cidrContains(blockOf(b, bits * 4), b)).toBe(true);
        expect(cidrContains(blockOf(a, 0), b)).toBe(false);
        expect(cidrContains(blockOf(b, 0), a)).toBe(false);
      }),
    );
  });
});
