import { describe, expect, it } from 'vitest';
import { parseAddress } from './cidr.ts';
import { blocksOfRange, formatAddress, formatCidr } from './format-address.ts';

describe('an address as text', () => {
  it.each(['10.0.0.1', '255.255.255.255', '::', '::1', '2001:db8::1', '1:0:0:2::', 'fe80::1:0:0:1', '1:2:3:4:5:6:7:8'])(
    'is what it was read from: %s',
    (text) => {
      const address = parseAddress(text);
      expect(address && formatAddress(address)).toBe(text);
    },
  );

  it('splits a range into blocks', () => {
    const [first, last] = [parseAddress('10.0.0.1'), parseAddress('10.0.0.8')];
    const blocks = first && last && blocksOfRange(first, last).map(formatCidr);
    expect(blocks).toEqual(['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/30', '10.0.0.8/32']);
  });
});
