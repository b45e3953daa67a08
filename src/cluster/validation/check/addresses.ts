import { type Address, cidrContains, parseAddress, parseCidr } from '../../../lang/addresses/cidr.ts';
import { type Check, invalid } from './check.ts';
import type { Place } from './place.ts';
import type { Rule } from './rules.ts';

/** From here on addresses must be written as every reader takes them (StrictIPCIDRValidation). */
const FIRST_STRICT = 36;
const SLOPPY = { leadingZeros: true };

/** An IP address as older servers read it: numbers may have leading zeros. */
export function sloppyAddress(text: string): Address | undefined {
  return parseAddress(text, SLOPPY);
}

/** An address in a field that has always taken sloppy ones. Mirrors validation.IsValidIPForLegacyField. */
export const legacyAddress: Rule = (check, value, at) => {
  checkAddress(check, typeof value === 'string' ? value : '', at);
};

/** The same, and whether it was good. */
export function checkAddress(check: Check, text: string, at: Place): boolean {
  if (sloppyAddress(text) === undefined) {
    invalid(check, at, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
    return false;
  }
  if (check.minor < FIRST_STRICT) return true;
  const found = check.errors.length;
  if (parseAddress(text) === undefined) invalid(check, at, text, 'must not have leading 0s');
  else if (text.includes(':') && parseAddress(text)?.family === 4)
    invalid(check, at, text, 'must not be an IPv4-mapped IPv6 address');
  return check.errors.length === found;
}

/** A block in a field that has always taken sloppy ones. Mirrors validation.IsValidCIDRForLegacyField. */
export function checkCidr(check: Check, text: string, at: Place): boolean {
  const block = parseCidr(text, SLOPPY);
  if (block === undefined) {
    invalid(check, at, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)');
    return false;
  }
  if (check.minor < FIRST_STRICT) return true;
  const strict = parseCidr(text);
  if (strict === undefined || /\/0\d/.test(text))
    invalid(check, at, text, 'must not have leading 0s in IP or prefix length');
  else if (text.includes(':') && strict.address.family === 4)
    invalid(check, at, text, 'must not have an IPv4-mapped IPv6 address');
  else if (!strict.masked) invalid(check, at, text, 'must not have bits set beyond the prefix length');
  else return true;
  return false;
}

/** Whether a block is a part of another, and not all of it. */
export function isStrictSubset(inner: string, outer: string): boolean {
  const [small, large] = [parseCidr(inner, SLOPPY), parseCidr(outer, SLOPPY)];
  if (small === undefined || large === undefined) return false;
  const { base } = small.cidr;
  const first: Address = typeof base === 'bigint' ? { family: 6, value: base } : { family: 4, value: base };
  return cidrContains(large.cidr, first) && large.cidr.bits < small.cidr.bits;
}

/** Complaints about addresses that only one machine or link knows. Mirrors ValidateNonSpecialIP. */
export function checkNotSpecial(check: Check, text: string, at: Place): void {
  const address = sloppyAddress(text);
  if (address === undefined) {
    invalid(check, at, text, 'must be a valid IP address');
    return;
  }
  const within = (...blocks: readonly string[]): boolean =>
    blocks.some((block) => {
      const cidr = parseCidr(block);
      return cidr !== undefined && cidrContains(cidr.cidr, address);
    });
  if (address.value === 0 || address.value === 0n) invalid(check, at, text, `may not be unspecified (${text})`);
  if (within('127.0.0.0/8', '::1/128'))
    invalid(check, at, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)');
  if (within('169.254.0.0/16', 'fe80::/10'))
    invalid(check, at, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  if (within('224.0.0.0/24') || (address.family === 6 && isLinkLocalMulticast(address.value)))
    invalid(check, at, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
}

/** ffx2::/16 whatever the flags. */
function isLinkLocalMulticast(value: bigint): boolean {
  return value >> 120n === 0xffn && ((value >> 112n) & 0xfn) === 2n;
}
