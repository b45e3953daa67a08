import type { PacketSide, TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { namedPorts } from '../packet/match-rule.ts';
import type { Network } from '../model/network.ts';
import type { PeerMatch, PortMatch, Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';

const protocolsWithPorts = [6, 17, 132];
const icmpProtocols = [1, 58];

/** The packets between two addresses that a rule matches, given that it matches the addresses; `ruleMatches` for all at once. */
export function ruleTraffic(
  network: Network,
  algebra: TrafficAlgebra,
  rule: Rule,
  source: AddressEnd,
  destination: AddressEnd,
): TrafficSet {
  let traffic = algebra.everything;
  const keep = (set: TrafficSet): void => void (traffic = algebra.intersection(traffic, set));
  const drop = (set: TrafficSet): void => void (traffic = algebra.difference(traffic, set));
  if (rule.protocol !== undefined) keep(algebra.ofProtocols(known(rule.protocol)));
  if (rule.notProtocol !== undefined) drop(algebra.ofProtocols(known(rule.notProtocol)));
  if (rule.icmp !== undefined) keep(algebra.ofIcmp(icmpProtocols, rule.icmp.type, rule.icmp.code));
  if (rule.notIcmp !== undefined) drop(algebra.ofIcmp(icmpProtocols, rule.notIcmp.type, rule.notIcmp.code));
  const sides = [
    ['source', rule.source, source],
    ['destination', rule.destination, destination],
  ] as const;
  for (const [side, match, end] of sides) {
    const { ports, notPorts, service } = match;
    if (ports !== undefined) keep(portTraffic(network, algebra, rule, side, match, ports, end));
    if (notPorts !== undefined) drop(portTraffic(network, algebra, rule, side, match, notPorts, end));
    if (service?.ports === true) keep(numberedTraffic(algebra, side, network.services.portsOf(service, end)));
  }
  return traffic;
}

/** The packets that a pod can never send: IP in IP, and VXLAN on Calico's port. */
export function encapsulatedTraffic(algebra: TrafficAlgebra): TrafficSet {
  const vxlan = algebra.ofPorts([17], 'destination', [{ first: 4789, last: 4789 }]);
  return algebra.union(algebra.ofProtocols([4]), vxlan);
}

function portTraffic(
  network: Network,
  algebra: TrafficAlgebra,
  rule: Rule,
  side: PacketSide,
  match: PeerMatch,
  ports: PortMatch,
  end: AddressEnd,
): TrafficSet {
  return algebra.union(
    algebra.ofPorts(protocolsWithPorts, side, ports.ranges),
    numberedTraffic(algebra, side, namedPorts(network, rule, match, ports, end)),
  );
}

function numberedTraffic(
  algebra: TrafficAlgebra,
  side: PacketSide,
  ports: readonly { readonly protocol: number; readonly port: number }[],
): TrafficSet {
  return ports.reduce(
    (set, { protocol, port }) => algebra.union(set, algebra.ofPorts([protocol], side, [{ first: port, last: port }])),
    algebra.nothing,
  );
}

/** A protocol that no packet has, for a name that Calico does not know, is none. */
function known(protocol: number): readonly number[] {
  return protocol < 0 ? [] : [protocol];
}
