import type { Address } from '../../lang/cidr.ts';
import type { Family } from './normal-form.ts';
import type { Owner } from './owner.ts';

/** An address at one end of packets; `owners` are all endpoints and network sets that it belongs to. */
export interface AddressEnd {
  readonly address: Address | undefined;
  readonly owners: readonly Owner[];
}

/** One end of a packet. */
export interface PacketEnd extends AddressEnd {
  /** Absent for protocols without ports. */
  readonly port?: number;
}

/** The first packet of a new connection. */
export interface Packet {
  readonly family: Family;
  readonly protocol: number;
  readonly source: PacketEnd;
  readonly destination: PacketEnd;
  readonly icmp?: { readonly type: number; readonly code: number };
}
