import type { BitSet } from '../../../lang/bit-set.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { Cidr } from '../../../lang/addresses/cidr.ts';
import type { PacketSide, TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Family, PeerMatch, Rule, ServiceMatch } from '../form/normal-form.ts';
import type { AddressEnd, Packet, PacketEnd } from '../form/packet.ts';
import { sameSets } from '../form/peer-sets.ts';
import type { PeerSets } from '../form/peer-sets.ts';
import type { ServicePort } from '../form/service-index.ts';
import { AddressCriterion, PortCriterion } from './criterion.ts';
import type { Doubt, EndCriterion, Lookups, PeerIndex, TrafficBounds } from './criterion.ts';
import { numberedTraffic } from './numbered-traffic.ts';

/** The addresses behind a Service, or with `ports` its target ports there. */
export function serviceCriterion(service: ServiceMatch): EndCriterion {
  return service.ports ? new ServicePortsCriterion(service) : new ServiceAddressesCriterion(service);
}

class ServiceAddressesCriterion extends AddressCriterion {
  readonly selectors: readonly SelectorNode[] = [];
  private readonly service: ServiceMatch;

  constructor(service: ServiceMatch) {
    super();
    this.service = service;
  }

  matchesAddress(end: AddressEnd, _family: Family, { services }: Lookups): Truth {
    return services.has(this.service, end);
  }

  peers(index: PeerIndex): PeerSets {
    return sameSets(index.behind(this.service));
  }

  cuts({ services }: Lookups): readonly (readonly Cidr[])[] {
    return services.blocksOf(this.service).map((block) => [block]);
  }

  coversAddresses({ service }: PeerMatch): boolean {
    return service?.name === this.service.name && service.namespace === this.service.namespace;
  }

  doubts(): readonly Doubt[] {
    return [];
  }

  matchesRequest(end: PacketEnd, _packet: Packet, { services }: Lookups): boolean {
    return services.has(this.service, end);
  }
}

class ServicePortsCriterion extends PortCriterion {
  readonly names: readonly string[];
  private readonly service: ServiceMatch;

  constructor(service: ServiceMatch) {
    super();
    this.service = service;
    this.names = [`${service.namespace}/${service.name}`];
  }

  matchesPort(end: PacketEnd, { protocol }: Packet, _rule: Rule, { services }: Lookups): boolean {
    return services
      .portsOf(this.service, end)
      .some((served) => served.protocol === protocol && served.port === end.port);
  }

  traffic(algebra: TrafficAlgebra, side: PacketSide, end: AddressEnd, _rule: Rule, { services }: Lookups): TrafficSet {
    return numberedTraffic(algebra, side, services.portsOf(this.service, end));
  }

  /** Which ports a Service has at an address no manifest can promise. */
  bounds({ nothing, everything }: TrafficAlgebra): TrafficBounds {
    return { least: nothing, most: everything };
  }

  lookUp(end: AddressEnd, _rule: Rule, { services }: Lookups): readonly ServicePort[] {
    return services.portsOf(this.service, end);
  }

  lookUpKey(): string {
    return this.names.join();
  }

  lookUpAmong(index: PeerIndex): BitSet {
    return index.behind(this.service);
  }

  /** Its blocks cut addresses too: not all of them serve the same ports. */
  cuts({ services }: Lookups): readonly (readonly Cidr[])[] {
    return services.blocksOf(this.service).map((block) => [block]);
  }

  matchesRequest(end: PacketEnd, { protocol }: Packet, { services }: Lookups): boolean {
    const { port = 0 } = end;
    return services.portsOf(this.service, end).some((served) => served.protocol === protocol && served.port === port);
  }
}
