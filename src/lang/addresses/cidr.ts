/** An IP address: IPv4 as a number below 2^32, IPv6 as a bigint below 2^128. An IPv4-mapped IPv6 address is an IPv4 one. */
export type Address = { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

/** A block of addresses; `base` has no bit set after the first `bits`. */
export type Cidr =
  | { readonly family: 4; readonly base: number; readonly bits: number }
  | { readonly family: 6; readonly base: bigint; readonly bits: number };

/** A block as it was written: `masked` is false when bits were set after the prefix (`10.0.0.1/8`). */
export interface ParsedCidr {
  readonly cidr: Cidr;
  readonly address: Address;
  readonly masked: boolean;
}

/** How strictly digits are read: Kubernetes' legacy fields accept leading zeros in IPv4 numbers, as Go before 1.17 did. */
export interface AddressSyntax {
  readonly leadingZeros?: boolean;
}

const mappedPrefix = 0xffffn << 32n;

/** Parses an address without a zone. Mirrors Go's net.ParseIP (netip.ParseAddr). */
export function parseAddress(text: string, syntax: AddressSyntax = {}): Address | undefined {
  if (!text.includes(':')) {
    const value = parseIPv4(text, syntax);
    return value === undefined ? undefined : { family: 4, value };
  }
  const value = parseIPv6(text, syntax);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn ? { family: 4, value: Number(value & 0xffffffffn) } : { family: 6, value };
}

/** Parses `address/bits`; the mask is required. Mirrors Go's net.ParseCIDR. */
export function parseCidr(text: string, syntax: AddressSyntax = {}): ParsedCidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const mask = text.slice(slash + 1);
  const written = text.slice(0, slash);
  const address = parseAddress(written, syntax);
  if (address === undefined || !/^\d{1,7}$/.test(mask)) return undefined;
  const bits = Number(mask);
  if (!written.includes(':')) {
    return address.family === 6 || bits > 32 ? undefined : block(address, bits);
  }
  if (bits > 128) return undefined;
  if (address.family === 6) return block(address, bits);
  if (bits >= 96) return block(address, bits - 96);
  return block({ family: 6, value: mappedPrefix | BigInt(address.value) }, bits);
}

/** Parses a block, or an address as the block of it alone. Mirrors libcalico-go/lib/net ParseCIDROrIP, v3.32. */
export function parseCidrOrAddress(text: string): ParsedCidr | undefined {
  const cidr = parseCidr(text);
  if (cidr !== undefined) return cidr;
  const address = parseAddress(text);
  return address === undefined ? undefined : block(address, address.family === 4 ? 32 : 128);
}

/** Whether an address lies in a block; families never mix. */
export function cidrContains(cidr: Cidr, address: Address): boolean {
  if (cidr.family === 4) return address.family === 4 && maskIPv4(address.value, cidr.bits) === cidr.base;
  return address.family === 6 && maskIPv6(address.value, cidr.bits) === cidr.base;
}

/** The block of the first `bits` bits of an address. */
export function blockOf(address: Address, bits: number): Cidr {
  return address.family === 4
    ? { family: 4, base: maskIPv4(address.value, bits), bits }
    : { family: 6, base: maskIPv6(address.value, bits), bits };
}

/** A text that is the same for equal blocks and differs for others, to be used as a key. */
export function cidrKey(cidr: Cidr): string {
  return `${cidr.base.toString(36)}/${cidr.bits}/${cidr.family}`;
}

function block(address: Address, bits: number): ParsedCidr {
  const cidr = blockOf(address, bits);
  return { cidr, address, masked: cidr.base === address.value };
}

function maskIPv4(value: number, bits: number): number {
  const size = 2 ** (32 - bits);
  return value - (value % size);
}

function maskIPv6(value: bigint, bits: number): bigint {
  const rest = BigInt(128 - bits);
  return (value >> rest) << rest;
}

function parseIPv4(text: string, syntax: AddressSyntax): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (syntax.leadingZeros === true ? !/^\d{1,9}$/.test(part) : !/^(?:0|[1-9]\d{0,2})$/.test(part)) return undefined;
    const number = Number(part);
    if (number > 255) return undefined;
    value = value * 256 + number;
  }
  return value;
}

function parseIPv6(text: string, syntax: AddressSyntax): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '', halves.length === 1, syntax);
  const tail = halves.length === 2 ? groups(halves[1] ?? '', true, syntax) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return all.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/** The 16-bit groups of one side of `::`; the last of the whole address may be an IPv4 address. */
function groups(text: string, last: boolean, syntax: AddressSyntax): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const out: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (last && index === parts.length - 1 && part.includes('.')) {
      const embedded = parseIPv4(part, syntax);
      if (embedded === undefined) return undefined;
      out.push(Math.floor(embedded / 0x10000), embedded % 0x10000);
    } else if (/^[\da-f]{1,4}$/i.test(part)) {
      out.push(parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return out.length > 8 ? undefined : out;
}
