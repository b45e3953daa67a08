import { cidrContains, parseCidr, parseCidrOrAddress } from '../../../lang/addresses/cidr.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import { formatCidr } from '../../../lang/addresses/format-address.ts';

/** A block of addresses as it was written, read as Kubernetes and Calico read it. */
export interface ReadBlock {
  readonly cidr: Cidr;
  /** The same block without bits after its prefix. */
  readonly canonical: string;
  /** Whether bits are set after the prefix: `10.0.0.1/8`. */
  readonly hasHostBits: boolean;
}

/** Questions about blocks of addresses. */
export interface BlockFacts {
  /** Reads `address/bits`, or an address alone; undefined for what is neither. */
  readonly read: (text: string) => ReadBlock | undefined;
  /** Whether all addresses of one block lie in another; of the same block too. */
  readonly holds: (outer: Cidr, inner: Cidr) => boolean;
  /** A block as text: `10.0.0.0/8`. */
  readonly text: (block: Cidr) => string;
  /** Whether two blocks have addresses in common. */
  readonly overlap: (a: Cidr, b: Cidr) => boolean;
}

export const blockFacts: BlockFacts = {
  read: (text) => {
    const parsed = parseCidrOrAddress(text) ?? parseCidr(text, { leadingZeros: true });
    if (parsed === undefined) return undefined;
    return { cidr: parsed.cidr, canonical: formatCidr(parsed.cidr), hasHostBits: !parsed.masked };
  },
  holds,
  text: formatCidr,
  overlap: (a, b) => holds(a, b) || holds(b, a),
};

function holds(outer: Cidr, inner: Cidr): boolean {
  return outer.bits <= inner.bits && cidrContains(outer, firstOf(inner));
}

function firstOf(block: Cidr): Address {
  return block.family === 4 ? { family: 4, value: block.base } : { family: 6, value: block.base };
}
