import { unicastBlocks } from '../../../cluster/pods/pod-blocks.ts';
import { blockOf, cidrContains, parseAddress } from '../../../lang/addresses/cidr.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import type { AddressRange } from '../model/outside-classes.ts';

/** Addresses that documentation uses for anybody. */
const anybody = ['198.51.100.1', '2001:db8::1'].flatMap((text) => parseAddress(text) ?? []);

/** One address of some, an ordinary one where there is any; undefined where there are none. */
export function sampleAddress(ranges: readonly AddressRange[]): Address | undefined {
  const known = anybody.find((address) => ranges.some((range) => holds(range, address)));
  if (known !== undefined) return known;
  for (const range of ranges) {
    for (const block of unicastBlocks) {
      const address = firstIn(range, block);
      if (address !== undefined) return address;
    }
  }
  return ranges[0]?.first;
}

function holds({ first, last }: AddressRange, address: Address): boolean {
  return first.family === address.family && first.value <= address.value && address.value <= last.value;
}

/** The first address of a range that lies in a block, but for those that end in zero where there is a next one. */
function firstIn(range: AddressRange, block: Cidr): Address | undefined {
  const base: Address = block.family === 4 ? { family: 4, value: block.base } : { family: 6, value: block.base };
  const first = holds(range, base) ? base : cidrContains(block, range.first) ? range.first : undefined;
  if (first === undefined) return undefined;
  const next: Address =
    first.family === 4 ? { family: 4, value: first.value + 1 } : { family: 6, value: first.value + 1n };
  const isNetwork = blockOf(first, first.family === 4 ? 24 : 120).base === first.value;
  return isNetwork && holds(range, next) ? next : first;
}
