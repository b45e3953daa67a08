import { cidrContains } from '../../lang/cidr.ts';
import type { Cidr } from '../../lang/cidr.ts';
import { portRangesContain } from '../../lang/port-range.ts';
import type { Network } from './network.ts';
import type { Family, IcmpMatch, PeerMatch, PortMatch, Rule } from './normal-form.ts';
import type { Packet, PacketEnd } from './packet.ts';
import { hasPorts } from './protocol.ts';

/** Whether a rule matches a packet (its HTTP part aside). Mirrors felix/rules/policy.go and calc/rule_scanner.go, v3.32. */
export function ruleMatches(network: Network, rule: Rule, packet: Packet): boolean {
  if (rule.family !== undefined && rule.family !== packet.family) return false;
  if (rule.protocol !== undefined && rule.protocol !== packet.protocol) return false;
  if (rule.notProtocol !== undefined && rule.notProtocol === packet.protocol) return false;
  if (rule.icmp !== undefined && !icmpMatches(rule.icmp, packet)) return false;
  if (rule.notIcmp !== undefined && icmpMatches(rule.notIcmp, packet)) return false;
  return (
    peerMatches(network, rule, rule.source, packet.source, packet) &&
    peerMatches(network, rule, rule.destination, packet.destination, packet)
  );
}

function icmpMatches(match: IcmpMatch, packet: Packet): boolean {
  return packet.icmp?.type === match.type && (match.code === undefined || packet.icmp.code === match.code);
}

function peerMatches(network: Network, rule: Rule, match: PeerMatch, end: PacketEnd, packet: Packet): boolean {
  const { selector, notSelector } = match;
  if (match.nets !== undefined && !netsContain(match.nets, end, packet.family)) return false;
  if (match.notNets !== undefined && !netsExclude(match.notNets, end, packet.family)) return false;
  if (selector !== undefined && !end.owners.some((owner) => network.owners.isMatched(selector, owner))) return false;
  if (notSelector !== undefined && end.owners.some((owner) => network.owners.isMatched(notSelector, owner))) {
    return false;
  }
  if (match.ports !== undefined && !portsMatch(network, rule, match, match.ports, end, packet)) return false;
  if (match.notPorts !== undefined && portsMatch(network, rule, match, match.notPorts, end, packet)) return false;
  return match.service === undefined || network.services.contains(match.service, end, packet.protocol);
}

function netsContain(nets: readonly Cidr[], { address }: PacketEnd, family: Family): boolean {
  return address?.family === family && nets.some((net) => cidrContains(net, address));
}

/** A list that has no block of the family makes the whole rule one for the other family. */
function netsExclude(nets: readonly Cidr[], { address }: PacketEnd, family: Family): boolean {
  if (!nets.some((net) => net.family === family)) return false;
  return address === undefined || !nets.some((net) => cidrContains(net, address));
}

/**
 * Whether an end's port is one of the numbers, or one that an owner of its address calls by one of the names. Only owners that
 * the positive selector matches lend their names, also to the negated list.
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
  if (ports.names.length === 0) return false;
  // A protocol that has no ports cannot stand beside a name; felix would take TCP for it.
  if (rule.protocol !== undefined && rule.protocol !== packet.protocol) return false;
  const { selector } = match;
  return end.owners.some(
    (owner) =>
      owner.ports.some(
        (named) => named.port === end.port && named.protocol === packet.protocol && ports.names.includes(named.name),
      ) &&
      (selector === undefined || network.owners.isMatched(selector, owner)),
  );
}
