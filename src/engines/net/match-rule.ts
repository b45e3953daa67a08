import { cidrContains } from '../../lang/cidr.ts';
import type { Cidr } from '../../lang/cidr.ts';
import { portRangesContain } from '../../lang/port-range.ts';
import type { Network } from './network.ts';
import type { Family, IcmpMatch, PeerMatch, PortMatch, Rule } from './normal-form.ts';
import type { NamedPort } from './owner.ts';
import type { AddressEnd, Packet, PacketEnd } from './packet.ts';
import { hasPorts } from './protocol.ts';

/** Whether a rule matches a packet (its HTTP part aside). Mirrors felix/rules/policy.go and calc/rule_scanner.go, v3.32. */
export function ruleMatches(network: Network, rule: Rule, packet: Packet): boolean {
  if (!addressesMatch(network, rule, packet.family, packet.source, packet.destination)) return false;
  if (rule.protocol !== undefined && rule.protocol !== packet.protocol) return false;
  if (rule.notProtocol !== undefined && rule.notProtocol === packet.protocol) return false;
  if (rule.icmp !== undefined && !icmpMatches(rule.icmp, packet)) return false;
  if (rule.notIcmp !== undefined && icmpMatches(rule.notIcmp, packet)) return false;
  return (
    endMatches(network, rule, rule.source, packet.source, packet) &&
    endMatches(network, rule, rule.destination, packet.destination, packet)
  );
}

/** Whether the addresses at both ends satisfy a rule: its part that has nothing to do with protocols and ports. */
export function addressesMatch(
  network: Network,
  rule: Rule,
  family: Family,
  source: AddressEnd,
  destination: AddressEnd,
): boolean {
  return (
    (rule.family === undefined || rule.family === family) &&
    addressMatches(network, rule.source, source, family) &&
    addressMatches(network, rule.destination, destination, family)
  );
}

function icmpMatches(match: IcmpMatch, packet: Packet): boolean {
  return packet.icmp?.type === match.type && (match.code === undefined || packet.icmp.code === match.code);
}

/** Whether an address satisfies one end of a rule. */
export function addressMatches(network: Network, match: PeerMatch, end: AddressEnd, family: Family): boolean {
  const { selector, notSelector, service } = match;
  if (match.nets !== undefined && !netsContain(match.nets, end, family)) return false;
  if (match.notNets !== undefined && !netsExclude(match.notNets, end, family)) return false;
  if (selector !== undefined && !end.owners.some((owner) => network.owners.isMatched(selector, owner))) return false;
  if (notSelector !== undefined && end.owners.some((owner) => network.owners.isMatched(notSelector, owner))) {
    return false;
  }
  return service === undefined || service.ports || network.services.hasAddress(service, end.address);
}

function endMatches(network: Network, rule: Rule, match: PeerMatch, end: PacketEnd, packet: Packet): boolean {
  const { service } = match;
  if (match.ports !== undefined && !portsMatch(network, rule, match, match.ports, end, packet)) return false;
  if (match.notPorts !== undefined && portsMatch(network, rule, match, match.notPorts, end, packet)) return false;
  return (
    service?.ports !== true ||
    network.services
      .portsOf(service, end.address)
      .some(({ protocol, port }) => protocol === packet.protocol && port === end.port)
  );
}

function netsContain(nets: readonly Cidr[], { address }: AddressEnd, family: Family): boolean {
  return address?.family === family && nets.some((net) => cidrContains(net, address));
}

/** A list that has no block of the family makes the whole rule one for the other family. */
function netsExclude(nets: readonly Cidr[], { address }: AddressEnd, family: Family): boolean {
  if (!nets.some((net) => net.family === family)) return false;
  return address === undefined || !nets.some((net) => cidrContains(net, address));
}

/**
 * Whether an end's port is one of the numbers, or one that an owner of its address calls by one of the names.
 */
function portsMatch(
  network: Network,
  rule: Rule,
  match: PeerMatch,
  ports: PortMatch,
  end: PacketEnd,
  packet: Packet,
): boolean {
  if (end.port === undefined || !hasPorts(packet.protocol)) return false;
  if (portRangesContain(ports.ranges, end.port)) return true;
  return namedPorts(network, rule, match, ports, end).some(
    ({ protocol, port }) => protocol === packet.protocol && port === end.port,
  );
}

/**
 * The ports that the owners of an address call by one of a rule's names. Only owners that the positive selector matches lend
 * their names, also to the negated list.
 */
export function namedPorts(
  network: Network,
  rule: Rule,
  match: PeerMatch,
  ports: PortMatch,
  end: AddressEnd,
): readonly NamedPort[] {
  if (ports.names.length === 0) return [];
  const { selector } = match;
  return end.owners
    .filter((owner) => selector === undefined || network.owners.isMatched(selector, owner))
    .flatMap((owner) => owner.ports)
    .filter(
      ({ name, protocol }) => ports.names.includes(name) && (rule.protocol === undefined || rule.protocol === protocol),
    );
}
