import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import type { Family } from './normal-form.ts';
import type { Owner } from './owner.ts';

/** An address at one end of packets; `owners` are all endpoints and network sets that it belongs to. */
export interface AddressEnd {
  readonly address: Address | undefined;
  readonly owners: readonly Owner[];
  /** A pod on its node's network: no owner, but it may be behind a Service. */
  readonly source?: PodSource;
  /** Where an unknown address lies; absent: in no block at all. */
  readonly within?: readonly Cidr[];
  /** Owners that the address may have beside those, as far as is known. */
  readonly possibleOwners?: readonly Owner[];
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

/** What becomes of the first packet of a flow. */
export type FlowDecision = 'allow' | 'deny' | 'unknown';
