import { AddressSet } from '../../../lang/address-set.ts';
import { blocksHold } from '../../../lang/block-cover.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { cidrContains } from '../../../lang/cidr.ts';
import type { Address, Cidr } from '../../../lang/cidr.ts';
import { portRangesContain } from '../../../lang/port-range.ts';
import { both, either, negated } from '../../../lang/truth.ts';
import type { Truth } from '../../../lang/truth.ts';
import type { Network } from '../model/network.ts';
import type { Family, IcmpMatch, PeerMatch, PortMatch, Rule } from '../form/normal-form.ts';
import type { NamedPort } from '../form/owner.ts';
import type { AddressEnd, Packet, PacketEnd } from '../form/packet.ts';
import { hasPorts } from '../form/protocol.ts';

/** Whether a rule matches a packet, as far as is known (its HTTP part aside). Mirrors felix/rules/policy.go and calc/rule_scanner.go, v3.32. */
export function ruleMatches(network: Network, rule: Rule, packet: Packet): Truth {
  if (rule.protocol !== undefined && rule.protocol !== packet.protocol) return false;
  if (rule.notProtocol !== undefined && rule.notProtocol === packet.protocol) return false;
  if (rule.icmp !== undefined && !icmpMatches(rule.icmp, packet)) return false;
  if (rule.notIcmp !== undefined && icmpMatches(rule.notIcmp, packet)) return false;
  // Ports before addresses: they are compared sooner.
  const isMatched =
    endMatches(network, rule, rule.source, packet.source, packet) &&
    endMatches(network, rule, rule.destination, packet.destination, packet);
  return isMatched && addressesMatch(network, rule, packet.family, packet.source, packet.destination);
}

/** Whether the addresses at both ends satisfy a rule: its part that has nothing to do with protocols and ports. */
export function addressesMatch(
  network: Network,
  rule: Rule,
  family: Family,
  source: AddressEnd,
  destination: AddressEnd,
): Truth {
  if (rule.family !== undefined && rule.family !== family) return false;
  const sourceMatches = addressMatches(network, rule.source, source, family);
  return sourceMatches === false
    ? false
    : both(sourceMatches, addressMatches(network, rule.destination, destination, family));
}

function icmpMatches(match: IcmpMatch, packet: Packet): boolean {
  return packet.icmp?.type === match.type && (match.code === undefined || packet.icmp.code === match.code);
}

/** Whether an address satisfies one end of a rule, as far as is known. */
export function addressMatches(network: Network, match: PeerMatch, end: AddressEnd, family: Family): Truth {
  const { selector, notSelector, service } = match;
  let truth: Truth = true;
  if (match.nets !== undefined) truth = netsContain(match.nets, end, family);
  if (truth !== false && match.notNets !== undefined) truth = both(truth, netsExclude(match.notNets, end, family));
  if (truth !== false && selector !== undefined) truth = both(truth, isSelected(network, selector, end));
  if (truth !== false && notSelector !== undefined) {
    truth = both(truth, negated(isSelected(network, notSelector, end)));
  }
  if (truth === false || service === undefined || service.ports) return truth;
  return network.services.has(service, end) && truth;
}

/** Whether an address belongs to something that a selector matches. */
function isSelected(network: Network, selector: SelectorNode, { owners, possibleOwners }: AddressEnd): Truth {
  let truth: Truth = false;
  for (const owner of owners) {
    truth = either(truth, network.owners.matches(selector, owner));
    if (truth === true) return true;
  }
  if (possibleOwners?.some((owner) => network.owners.matches(selector, owner) !== false) === true) return 'maybe';
  return truth;
}

function endMatches(network: Network, rule: Rule, match: PeerMatch, end: PacketEnd, packet: Packet): boolean {
  const { service } = match;
  if (match.ports !== undefined && !portsMatch(network, rule, match, match.ports, end, packet)) return false;
  if (match.notPorts !== undefined && portsMatch(network, rule, match, match.notPorts, end, packet)) return false;
  return (
    service?.ports !== true ||
    network.services
      .portsOf(service, end)
      .some(({ protocol, port }) => protocol === packet.protocol && port === end.port)
  );
}

function netsContain(nets: readonly Cidr[], { address, within }: AddressEnd, family: Family): Truth {
  if (address !== undefined) return address.family === family && holds(nets, address);
  return within === undefined ? false : blocksHold(nets, ofFamily(within, family));
}

/** Long lists are looked through by halves. */
function holds(nets: readonly Cidr[], address: Address): boolean {
  return nets.length < 8 ? nets.some((net) => cidrContains(net, address)) : AddressSet.of(nets).has(address);
}

/** A list that has no block of the family makes the whole rule one for the other family. */
function netsExclude(nets: readonly Cidr[], { address, within }: AddressEnd, family: Family): Truth {
  if (!nets.some((net) => net.family === family)) return false;
  if (address !== undefined) return !holds(nets, address);
  return within === undefined ? true : negated(blocksHold(nets, ofFamily(within, family)));
}

function ofFamily(nets: readonly Cidr[], family: Family): readonly Cidr[] {
  return nets.every((net) => net.family === family) ? nets : nets.filter((net) => net.family === family);
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
    .filter((owner) => selector === undefined || network.owners.matches(selector, owner) !== false)
    .flatMap((owner) => owner.ports)
    .filter(
      ({ name, protocol }) => ports.names.includes(name) && (rule.protocol === undefined || rule.protocol === protocol),
    );
}
