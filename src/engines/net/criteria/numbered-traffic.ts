import type { PacketSide, TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { ServicePort } from '../form/service-index.ts';

/** Packets with one of some ports on one side, each of its own protocol. */
export function numberedTraffic(algebra: TrafficAlgebra, side: PacketSide, ports: readonly ServicePort[]): TrafficSet {
  return ports.reduce(
    (set, { protocol, port }) => algebra.union(set, algebra.ofPorts([protocol], side, [{ first: port, last: port }])),
    algebra.nothing,
  );
}
