import type { Address, Cidr } from './cidr.ts';

/** An address as text; IPv6 with its longest run of zeros left out, as Go prints it. */
export function formatAddress(address: Address): string {
  if (address.family === 4) {
    const { value } = address;
    return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) => ((address.value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  return groups
    .join(':')
    .replace(longest, ':')
    .replace(/^:(?!:)/, '::')
    .replace(/(?<!:):$/, '::');
}

/** A block as text: `10.0.0.0/8`. */
export function formatCidr(cidr: Cidr): string {
  const address: Address = cidr.family === 4 ? { family: 4, value: cidr.base } : { family: 6, value: cidr.base };
  return `${formatAddress(address)}/${cidr.bits}`;
}

/** The fewest blocks that together are all addresses from one to another, both included. */
export function blocksOfRange(first: Address, last: Address): readonly Cidr[] {
  const size = first.family === 4 ? 32 : 128;
  const end = BigInt(last.value);
  const blocks: Cidr[] = [];
  for (let at = BigInt(first.value); at <= end;) {
    let free = 0;
    while (free < size && (at & ((1n << BigInt(free + 1)) - 1n)) === 0n && at + (1n << BigInt(free + 1)) - 1n <= end)
      free++;
    const bits = size - free;
    blocks.push(first.family === 4 ? { family: 4, base: Number(at), bits } : { family: 6, base: at, bits });
    at += 1n << BigInt(free);
  }
  return blocks;
}
