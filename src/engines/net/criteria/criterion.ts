import type { BitSet } from '../../../lang/bit-set.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { PacketSide, TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Family, PeerMatch, Rule, ServiceMatch } from '../form/normal-form.ts';
import type { NamedPort, Owner } from '../form/owner.ts';
import type { AddressEnd, Packet, PacketEnd } from '../form/packet.ts';
import type { PeerSets } from '../form/peer-sets.ts';
import type { ServiceIndex, ServicePort } from '../form/service-index.ts';

/*
 * A criterion is one field by which a rule matches packets. It answers every question that an analysis asks about it: for one packet, for
 * sets of packets, for sets of peers, and for what is not known. Analyses never read the fields themselves.
 */

/** What criteria look up in a network. */
export interface Lookups {
  readonly owners: { matches(selector: SelectorNode, owner: Owner): Truth };
  readonly services: ServiceIndex;
}

/** The numbered peers of one family. */
export interface PeerIndex {
  readonly family: Family;
  readonly everybody: BitSet;
  /** Peers that belong to something that a selector matches. */
  selected(selector: SelectorNode): PeerSets;
  /** Peers whose addresses some blocks hold. */
  within(blocks: readonly Cidr[]): PeerSets;
  /** Peers behind a Service. */
  behind(service: ServiceMatch): BitSet;
}

/** A request to which Dikastes answers, as it stands in its packets. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
}

/** What a fact that no manifest states would settle: see `flow-assumptions.ts` for the words. */
export type Doubt =
  | { readonly kind: 'labels'; readonly selector: SelectorNode; readonly owner: Owner }
  | { readonly kind: 'members'; readonly owner: Owner }
  | { readonly kind: 'value'; readonly reason: string }
  | { readonly kind: 'address' };

/** Packets that a criterion matches, whichever ends they have: at least, and at most. */
export interface TrafficBounds {
  readonly least: TrafficSet;
  readonly most: TrafficSet;
}

/** A criterion that concerns neither end: the family, the protocol, ICMP, HTTP. */
export interface RuleCriterion {
  /** Whether it can match packets of a family. */
  matchesFamily(family: Family): boolean;
  matchesPacket(packet: Packet): boolean;
  /** `matchesPacket` for all packets at once, the family aside. */
  traffic(algebra: TrafficAlgebra): TrafficSet;
  /** Whether it matches whatever another rule matches, as far as `traffic` does not show it. */
  covers(narrow: Rule): boolean;
  /** Whether Dikastes takes it as matched; it refuses a request that is `malformed`. */
  matchesRequest(request: HttpRequest, packet: Packet): boolean | 'malformed';
  /** Why a packet does not match, as text. */
  readonly mismatch: string;
}

/** A criterion about one end of packets: the address there, or the port. */
export interface EndCriterion {
  /** Half of these answers are the same for all addresses, or for all ports. */
  readonly looksAt: 'addresses' | 'ports';

  /** Whether an address satisfies it, as far as is known. */
  matchesAddress(end: AddressEnd, family: Family, lookups: Lookups): Truth;
  /** `matchesAddress` for all peers at once. */
  peers(index: PeerIndex): PeerSets;
  /** Lists of blocks; two addresses that are in the same of these lists, and have the same owners, satisfy it alike. */
  cuts(lookups: Lookups): readonly (readonly Cidr[])[];
  /** Whether every address at which one end of another rule matches some packet satisfies it, whatever addresses there are. It may miss that. */
  coversAddresses(narrow: PeerMatch): boolean;
  /** What would settle whether an address satisfies it, where `matchesAddress` says `maybe`. */
  doubts(end: AddressEnd, lookups: Lookups): readonly Doubt[];
  /** The selectors by which it tells addresses apart. */
  readonly selectors: readonly SelectorNode[];

  /** Whether the port of a packet satisfies it. */
  matchesPort(end: PacketEnd, packet: Packet, rule: Rule, lookups: Lookups): boolean;
  /** `matchesPort` for all packets at once that have this end. */
  traffic(algebra: TrafficAlgebra, side: PacketSide, end: AddressEnd, rule: Rule, lookups: Lookups): TrafficSet;
  /** What `traffic` is between, for any end. */
  bounds(algebra: TrafficAlgebra, side: PacketSide): TrafficBounds;
  /** Names of ports or of a Service that it looks up at each end. Without any, `traffic` is the same for all ends. */
  readonly names: readonly string[];
  /** The ports that the names stand for at one end; ends with the same ports have the same `traffic`. */
  lookUp(end: AddressEnd, rule: Rule, lookups: Lookups): readonly (NamedPort | ServicePort)[];
  /** Equal for criteria that find the same ports at every end. */
  lookUpKey(rule: Rule, numberOf: (selector: SelectorNode) => number): string;
  /** The only ends at which `lookUp` may find anything. */
  lookUpAmong(index: PeerIndex): BitSet;

  /** Whether Dikastes takes an end as matched: it knows no names of ports, and no families. */
  matchesRequest(end: PacketEnd, packet: Packet, lookups: Lookups): boolean;
  /** Why a packet does not match on one side, as text. */
  mismatch(side: PacketSide): string;
}

/** Shared: there is a criterion for every field of every rule. */
const none: readonly never[] = [];

/** A criterion that looks at addresses alone: every port satisfies it. */
export abstract class AddressCriterion implements EndCriterion {
  readonly looksAt = 'addresses';
  abstract readonly selectors: readonly SelectorNode[];
  abstract matchesAddress(end: AddressEnd, family: Family, lookups: Lookups): Truth;
  abstract peers(index: PeerIndex): PeerSets;
  abstract cuts(lookups: Lookups): readonly (readonly Cidr[])[];
  abstract coversAddresses(narrow: PeerMatch): boolean;
  abstract doubts(end: AddressEnd, lookups: Lookups): readonly Doubt[];
  abstract matchesRequest(end: PacketEnd, packet: Packet, lookups: Lookups): boolean;

  readonly names: readonly string[] = none;

  matchesPort(): boolean {
    return true;
  }

  traffic(algebra: TrafficAlgebra): TrafficSet {
    return algebra.everything;
  }

  bounds({ everything }: TrafficAlgebra): TrafficBounds {
    return { least: everything, most: everything };
  }

  lookUp(): readonly NamedPort[] {
    return [];
  }

  lookUpKey(): string {
    return '';
  }

  lookUpAmong({ everybody }: PeerIndex): BitSet {
    return everybody.difference(everybody);
  }

  mismatch(side: PacketSide): string {
    return `another ${side}`;
  }
}

/** A criterion that looks at ports alone: every address satisfies it. */
export abstract class PortCriterion implements EndCriterion {
  readonly looksAt = 'ports';
  /** Only for a port that is looked up at an address. */
  abstract cuts(lookups: Lookups): readonly (readonly Cidr[])[];
  abstract readonly names: readonly string[];
  abstract matchesPort(end: PacketEnd, packet: Packet, rule: Rule, lookups: Lookups): boolean;
  abstract traffic(
    algebra: TrafficAlgebra,
    side: PacketSide,
    end: AddressEnd,
    rule: Rule,
    lookups: Lookups,
  ): TrafficSet;
  abstract bounds(algebra: TrafficAlgebra, side: PacketSide): TrafficBounds;
  abstract lookUp(end: AddressEnd, rule: Rule, lookups: Lookups): readonly (NamedPort | ServicePort)[];
  abstract lookUpKey(rule: Rule, numberOf: (selector: SelectorNode) => number): string;
  abstract lookUpAmong(index: PeerIndex): BitSet;
  abstract matchesRequest(end: PacketEnd, packet: Packet, lookups: Lookups): boolean;

  readonly selectors: readonly SelectorNode[] = none;

  matchesAddress(): Truth {
    return true;
  }

  peers({ everybody }: PeerIndex): PeerSets {
    return { sure: everybody, possible: everybody };
  }

  coversAddresses(): boolean {
    return true;
  }

  doubts(): readonly Doubt[] {
    return [];
  }

  mismatch(side: PacketSide): string {
    return side === 'source' ? 'another source port' : 'another port';
  }
}
