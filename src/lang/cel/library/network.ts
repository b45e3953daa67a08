import { formatAddress } from '../../addresses/format-address.ts';
import { goQuote } from '../../go-quote.ts';
import { BOOL, type CelType, INT, opaqueType, STRING } from '../types/cel-type.ts';
import { CelError, noSuchOverload, Opaque, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';
import {
  type GoAddress,
  type GoPrefix,
  isMapped,
  lengthOf,
  maskedAddress,
  parseGoAddress,
  parseGoPrefix,
} from './go-address.ts';

export const IP = opaqueType('net.IP');
export const CIDR = opaqueType('net.CIDR');

class IpValue extends Opaque {
  readonly type: CelType = IP;
  readonly goType = 'cel.IP';
  readonly address: GoAddress;

  constructor(address: GoAddress) {
    super();
    this.address = address;
  }

  override get byteSize(): number {
    return lengthOf(this.address) / 8;
  }

  get text(): string {
    const { family, value } = this.address;
    return family === 4 ? formatAddress({ family, value: Number(value) }) : formatAddress({ family, value });
  }

  equals(other: Value): boolean | CelError {
    return other instanceof IpValue ? isSameAddress(this.address, other.address) : mismatch(other);
  }
}

class CidrValue extends Opaque {
  readonly type: CelType = CIDR;
  readonly goType = 'cel.CIDR';
  readonly prefix: GoPrefix;

  constructor(prefix: GoPrefix) {
    super();
    this.prefix = prefix;
  }

  override get byteSize(): number {
    return Math.ceil(this.prefix.bits / 8);
  }

  get text(): string {
    return `${new IpValue(this.prefix.address).text}/${this.prefix.bits}`;
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof CidrValue)) return mismatch(other);
    return this.prefix.bits === other.prefix.bits && isSameAddress(this.prefix.address, other.prefix.address);
  }
}

function mismatch(other: Value): CelError {
  return other instanceof CelError ? other : noSuchOverload();
}

function isSameAddress(left: GoAddress, right: GoAddress): boolean {
  return left.family === right.family && left.value === right.value;
}

function ipOf(text: Value): IpValue | CelError {
  if (typeof text !== 'string') return mismatch(text);
  const address = parseGoAddress(text);
  if ('error' in address)
    return new CelError(`IP Address ${goQuote(text)} parse error during conversion from string: ${address.error}`);
  if (address.zone !== '') return new CelError(`IP address ${goQuote(text)} with zone value is not allowed`);
  return isMapped(address) ? mappedError(text) : new IpValue(address);
}

function mappedError(text: string): CelError {
  return new CelError(`IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`);
}

const CIDR_ERROR = 'network address parse error during conversion from string: ';

function cidrOf(text: Value): CidrValue | CelError {
  if (typeof text !== 'string') return mismatch(text);
  const prefix = parseGoPrefix(text);
  if ('error' in prefix) return new CelError(`${CIDR_ERROR}${CIDR_ERROR}${prefix.error}`);
  if (isMapped(prefix.address)) return new CelError(`${CIDR_ERROR}${mappedError(text).message}`);
  return new CidrValue(prefix);
}

function onIp(run: (address: GoAddress, value: IpValue) => Value): Run {
  return (value = null) => (value instanceof IpValue ? run(value.address, value) : mismatch(value));
}

function onCidr(run: (prefix: GoPrefix, value: CidrValue) => Value): Run {
  return (value = null) => (value instanceof CidrValue ? run(value.prefix, value) : mismatch(value));
}

function inV6(address: GoAddress, prefix: bigint, bits: number): boolean {
  return address.family === 6 && address.value >> BigInt(128 - bits) === prefix;
}

function inV4(address: GoAddress, prefix: bigint, bits: number): boolean {
  return address.family === 4 && address.value >> BigInt(32 - bits) === prefix;
}

function isLoopback(address: GoAddress): boolean {
  return inV4(address, 127n, 8) || (address.family === 6 && address.value === 1n);
}

function isLinkLocalUnicast(address: GoAddress): boolean {
  return inV4(address, 0xa9fen, 16) || inV6(address, 0xfe80n >> 6n, 10);
}

function isGlobalUnicast(address: GoAddress): boolean {
  const isMulticast = inV4(address, 0xen, 4) || inV6(address, 0xffn, 8);
  const isBroadcast = address.family === 4 && address.value === 0xffffffffn;
  return address.value !== 0n && !isBroadcast && !isLoopback(address) && !isMulticast && !isLinkLocalUnicast(address);
}

/** IP addresses. Mirrors the apiserver's pkg/cel/library/ip.go. */
export const IP_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'ip',
    overload('string_to_ip', [STRING], IP, (text = null) => ipOf(text)),
  ),
  fn(
    'family',
    member(
      'ip_family',
      [IP],
      INT,
      onIp(({ family }) => BigInt(family)),
    ),
  ),
  fn(
    'ip.isCanonical',
    overload('ip_is_canonical', [STRING], BOOL, (text = null) => {
      const ip = ipOf(text);
      return ip instanceof CelError ? ip : ip.text === text;
    }),
  ),
  fn(
    'isUnspecified',
    member(
      'ip_is_unspecified',
      [IP],
      BOOL,
      onIp(({ value }) => value === 0n),
    ),
  ),
  fn('isLoopback', member('ip_is_loopback', [IP], BOOL, onIp(isLoopback))),
  fn(
    'isLinkLocalMulticast',
    member(
      'ip_is_link_local_multicast',
      [IP],
      BOOL,
      onIp(
        (address) =>
          inV4(address, 0xe00000n, 24) || (inV6(address, 0xffn, 8) && ((address.value >> 112n) & 0xfn) === 2n),
      ),
    ),
  ),
  fn('isLinkLocalUnicast', member('ip_is_link_local_unicast', [IP], BOOL, onIp(isLinkLocalUnicast))),
  fn('isGlobalUnicast', member('ip_is_global_unicast', [IP], BOOL, onIp(isGlobalUnicast))),
  fn(
    'isIP',
    overload('is_ip', [STRING], BOOL, (text = null) =>
      typeof text === 'string' ? ipOf(text) instanceof IpValue : mismatch(text),
    ),
  ),
  fn(
    'string',
    overload(
      'ip_to_string',
      [IP],
      STRING,
      onIp((_, value) => value.text),
    ),
  ),
];

/** Blocks of IP addresses. Mirrors the apiserver's pkg/cel/library/cidr.go. */
export const CIDR_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'cidr',
    overload('string_to_cidr', [STRING], CIDR, (text = null) => cidrOf(text)),
  ),
  fn(
    'containsIP',
    member('cidr_contains_ip_string', [CIDR, STRING], BOOL, (cidr = null, text = null) => containsIp(cidr, ipOf(text))),
    member('cidr_contains_ip_ip', [CIDR, IP], BOOL, containsIp),
  ),
  fn(
    'containsCIDR',
    member('cidr_contains_cidr_string', [CIDR, STRING], BOOL, (cidr = null, text = null) =>
      containsCidr(cidr, cidrOf(text)),
    ),
    member('cidr_contains_cidr', [CIDR, CIDR], BOOL, containsCidr),
  ),
  fn(
    'ip',
    member(
      'cidr_ip',
      [CIDR],
      IP,
      onCidr(({ address }) => new IpValue(address)),
    ),
  ),
  fn(
    'prefixLength',
    member(
      'cidr_prefix_length',
      [CIDR],
      INT,
      onCidr(({ bits }) => BigInt(bits)),
    ),
  ),
  fn(
    'masked',
    member(
      'cidr_masked',
      [CIDR],
      CIDR,
      onCidr(({ address, bits }) => new CidrValue({ address: maskedAddress(address, bits), bits })),
    ),
  ),
  fn(
    'isCIDR',
    overload('is_cidr', [STRING], BOOL, (text = null) =>
      typeof text === 'string' ? cidrOf(text) instanceof CidrValue : mismatch(text),
    ),
  ),
  fn(
    'string',
    overload(
      'cidr_to_string',
      [CIDR],
      STRING,
      onCidr((_, value) => value.text),
    ),
  ),
];

function containsIp(cidr: Value = null, ip: Value = null): Value {
  if (!(cidr instanceof CidrValue)) return mismatch(ip);
  // As the server does, which tells of the block and not of the address that is none.
  if (!(ip instanceof IpValue)) return noSuchOverload();
  return contains(cidr.prefix, ip.address);
}

function containsCidr(cidr: Value = null, other: Value = null): Value {
  if (!(cidr instanceof CidrValue)) return mismatch(cidr);
  if (!(other instanceof CidrValue)) return mismatch(other);
  return cidr.prefix.bits <= other.prefix.bits && contains(cidr.prefix, other.prefix.address);
}

function contains({ address, bits }: GoPrefix, other: GoAddress): boolean {
  return address.family === other.family && maskedAddress(address, bits).value === maskedAddress(other, bits).value;
}
