import type { Address } from '../../lang/cidr.ts';
import type { Family } from './normal-form.ts';
import type { Owner } from './owner.ts';

/** One end of a packet; `owners` are all endpoints and network sets that the address belongs to. */
export interface PacketEnd {
  readonly address: Address | undefined;
  readonly owners: readonly Owner[];
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
