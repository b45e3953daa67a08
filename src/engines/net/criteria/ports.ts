import type { BitSet } from '../../../lang/bit-set.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import { portRangesContain } from '../../../lang/addresses/port-range.ts';
import type { PacketSide, TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { PortMatch, Rule } from '../form/normal-form.ts';
import type { NamedPort } from '../form/owner.ts';
import type { AddressEnd, Packet, PacketEnd } from '../form/packet.ts';
import { hasPorts, protocolsWithPorts } from '../form/protocol.ts';
import { PortCriterion } from './criterion.ts';
import type { Lookups, PeerIndex, TrafficBounds } from './criterion.ts';
import { numberedTraffic } from './numbered-traffic.ts';

const anyPort = [{ first: 0, last: 65535 }];

/** Ports by number, and ports that an owner of the address calls by a name. Packets without ports never match. */
export class PortsCriterion extends PortCriterion {
  readonly names: readonly string[];
  private readonly ports: PortMatch;
  private readonly selector: SelectorNode | undefined;

  /** Only owners that the positive selector of the same end matches lend their names, also to negated ports. */
  constructor(ports: PortMatch, selector: SelectorNode | undefined) {
    super();
    this.names = ports.names;
    this.ports = ports;
    this.selector = selector;
  }

  matchesPort(end: PacketEnd, { protocol }: Packet, rule: Rule, lookups: Lookups): boolean {
    if (end.port === undefined || !hasPorts(protocol)) return false;
    if (portRangesContain(this.ports.ranges, end.port)) return true;
    return this.lookUp(end, rule, lookups).some((named) => named.protocol === protocol && named.port === end.port);
  }

  traffic(algebra: TrafficAlgebra, side: PacketSide, end: AddressEnd, rule: Rule, lookups: Lookups): TrafficSet {
    return algebra.union(
      algebra.ofPorts(protocolsWithPorts, side, this.ports.ranges),
      numberedTraffic(algebra, side, this.lookUp(end, rule, lookups)),
    );
  }

  bounds(algebra: TrafficAlgebra, side: PacketSide): TrafficBounds {
    const least = algebra.ofPorts(protocolsWithPorts, side, this.ports.ranges);
    return { least, most: this.names.length === 0 ? least : algebra.ofPorts(protocolsWithPorts, side, anyPort) };
  }

  lookUp({ owners }: AddressEnd, rule: Rule, lookups: Lookups): readonly NamedPort[] {
    if (this.names.length === 0) return [];
    const { selector } = this;
    return owners
      .filter((owner) => selector === undefined || lookups.owners.matches(selector, owner) !== false)
      .flatMap((owner) => owner.ports)
      .filter(
        ({ name, protocol }) =>
          this.names.includes(name) && (rule.protocol === undefined || rule.protocol === protocol),
      );
  }

  cuts(): readonly (readonly Cidr[])[] {
    return [];
  }

  lookUpKey({ protocol }: Rule, numberOf: (selector: SelectorNode) => number): string {
    return `${protocol ?? ''} ${this.selector === undefined ? '' : numberOf(this.selector)} ${this.names.join()}`;
  }

  lookUpAmong(index: PeerIndex): BitSet {
    return this.selector === undefined ? index.everybody : index.selected(this.selector).possible;
  }

  /** Dikastes knows no names of ports, and takes a packet without a port for one to port 0. */
  matchesRequest({ port = 0 }: PacketEnd): boolean {
    return portRangesContain(this.ports.ranges, port);
  }
}

/** All packets but those that `PortsCriterion` matches. */
export class NotPortsCriterion extends PortsCriterion {
  override matchesPort(end: PacketEnd, packet: Packet, rule: Rule, lookups: Lookups): boolean {
    return !super.matchesPort(end, packet, rule, lookups);
  }

  override traffic(
    algebra: TrafficAlgebra,
    side: PacketSide,
    end: AddressEnd,
    rule: Rule,
    lookups: Lookups,
  ): TrafficSet {
    return algebra.complement(super.traffic(algebra, side, end, rule, lookups));
  }

  override bounds(algebra: TrafficAlgebra, side: PacketSide): TrafficBounds {
    const { least, most } = super.bounds(algebra, side);
    return { least: algebra.complement(most), most: algebra.complement(least) };
  }

  override matchesRequest(end: PacketEnd): boolean {
    return !super.matchesRequest(end);
  }
}
