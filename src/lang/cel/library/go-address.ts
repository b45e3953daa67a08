import { goQuote } from '../../go-quote.ts';

/** An IP address as Go's net/netip holds it; a mapped IPv4 address stays an IPv6 one. */
export interface GoAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly zone: string;
}

/** An address with the length of its prefix; bits after that stay. */
export interface GoPrefix {
  readonly address: GoAddress;
  readonly bits: number;
}

/** What Go says about a text that is no address. */
class AddressError extends Error {}

/** Reads an address, or tells what Go says. Mirrors netip.ParseAddr. */
export function parseGoAddress(text: string): GoAddress | { readonly error: string } {
  const failed = (message: string, at = ''): AddressError =>
    new AddressError(`ParseAddr(${goQuote(text)}): ${message}${at === '' ? '' : ` (at ${goQuote(at)})`}`);
  try {
    const first = /[.:%]/.exec(text)?.[0];
    if (first === '.') return { family: 4, value: ipv4(text, failed), zone: '' };
    if (first === ':') return ipv6(text, failed);
    throw failed(first === '%' ? 'missing IPv6 address' : 'unable to parse IP');
  } catch (error) {
    if (error instanceof AddressError) return { error: error.message };
    throw error;
  }
}

type Failed = (message: string, at?: string) => AddressError;

function ipv4(text: string, failed: Failed): bigint {
  const fields: number[] = [];
  let value = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character >= '0' && character <= '9') {
      if (digits === 1 && value === 0) throw failed('IPv4 field has octet with leading zero');
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) throw failed('IPv4 field has value >255');
    } else if (character === '.') {
      if (index === 0 || index === text.length - 1 || text.charAt(index - 1) === '.')
        throw failed('IPv4 field must have at least one digit', text.slice(index));
      if (fields.length === 3) throw failed('IPv4 address too long');
      fields.push(value);
      value = 0;
      digits = 0;
    } else throw failed('unexpected character', text.slice(index));
  }
  if (fields.length < 3) throw failed('IPv4 address too short');
  return [...fields, value].reduce((sum, field) => (sum << 8n) | BigInt(field), 0n);
}

function ipv6(text: string, failed: Failed): GoAddress {
  const percent = text.indexOf('%');
  const zone = percent < 0 ? '' : text.slice(percent + 1);
  if (percent >= 0 && zone === '') throw failed('zone must be a non-empty string');
  let rest = percent < 0 ? text : text.slice(0, percent);
  const groups: number[] = [];
  let ellipsis = -1;
  if (rest.startsWith('::')) {
    ellipsis = 0;
    rest = rest.slice(2);
    if (rest === '') return { family: 6, value: 0n, zone };
  }
  while (groups.length < 8) {
    const digits = /^[\da-f]*/i.exec(rest)?.[0] ?? '';
    if (digits.length > 4) throw failed('each group must have 4 or less digits', rest);
    if (digits === '') throw failed('each colon-separated field must have at least one digit', rest);
    if (rest.charAt(digits.length) === '.') {
      if (ellipsis < 0 && groups.length !== 6)
        throw failed('embedded IPv4 address must replace the final 2 fields of the address', rest);
      if (groups.length > 6)
        throw failed('too many hex fields to fit an embedded IPv4 at the end of the address', rest);
      const embedded = ipv4(rest, failed);
      groups.push(Number(embedded >> 16n), Number(embedded & 0xffffn));
      rest = '';
      break;
    }
    groups.push(parseInt(digits, 16));
    rest = rest.slice(digits.length);
    if (rest === '') break;
    if (!rest.startsWith(':')) throw failed('unexpected character, want colon', rest);
    if (rest.length === 1) throw failed('colon must be followed by more characters', rest);
    rest = rest.slice(1);
    if (!rest.startsWith(':')) continue;
    if (ellipsis >= 0) throw failed('multiple :: in address', rest);
    ellipsis = groups.length;
    rest = rest.slice(1);
    if (rest === '') break;
  }
  if (rest !== '') throw failed('trailing garbage after address', rest);
  if (groups.length < 8) {
    if (ellipsis < 0) throw failed('address string too short');
    groups.splice(ellipsis, 0, ...new Array<number>(8 - groups.length).fill(0));
  } else if (ellipsis >= 0) throw failed('the :: must expand to at least one field of zeros');
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n), zone };
}

/** Reads `address/bits`, or tells what Go says. Mirrors netip.ParsePrefix. */
export function parseGoPrefix(text: string): GoPrefix | { readonly error: string } {
  const failed = (message: string): { readonly error: string } => ({
    error: `netip.ParsePrefix(${goQuote(text)}): ${message}`,
  });
  const slash = text.lastIndexOf('/');
  if (slash < 0) return failed("no '/'");
  const address = parseGoAddress(text.slice(0, slash));
  if ('error' in address) return failed(address.error);
  if (address.zone !== '') return failed('IPv6 zones cannot be present in a prefix');
  const written = text.slice(slash + 1);
  if (!/^(?:\d|[1-9]\d+|[+-]\d+)$/.test(written) || (written.length > 1 && !/^[1-9]/.test(written)))
    return failed(`bad bits after slash: ${goQuote(written)}`);
  const bits = Number(written);
  return bits > lengthOf(address) ? failed('prefix length out of range') : { address, bits };
}

/** How many bits an address of its family has. */
export function lengthOf({ family }: GoAddress): number {
  return family === 4 ? 32 : 128;
}

/** Whether an address is an IPv6 one that stands for an IPv4 one. */
export function isMapped({ family, value }: GoAddress): boolean {
  return family === 6 && value >> 32n === 0xffffn;
}

/** The first bits of an address; the rest are 0. */
export function maskedAddress(address: GoAddress, bits: number): GoAddress {
  const rest = BigInt(lengthOf(address) - bits);
  return { ...address, value: (address.value >> rest) << rest };
}
