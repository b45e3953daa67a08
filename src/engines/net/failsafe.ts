import type { Direction } from './normal-form.ts';
import type { Packet } from './packet.ts';

interface ProtocolPort {
  readonly protocol: number;
  readonly port: number;
}

const tcp = (port: number): ProtocolPort => ({ protocol: 6, port });
const udp = (port: number): ProtocolPort => ({ protocol: 17, port });
const controlPlane = [179, 2379, 2380, 5473, 6443, 6666, 6667].map(tcp);

/** The ports that felix keeps open on host endpoints unless it is configured otherwise: FailsafeInboundHostPorts and -Outbound-. */
export const failsafePorts: Readonly<Record<Direction, readonly ProtocolPort[]>> = {
  ingress: [tcp(22), udp(68), ...controlPlane],
  egress: [udp(53), udp(67), ...controlPlane],
};

/** Whether a packet is to a failsafe port of its direction. Mirrors felix/rules/static.go failsafeInChain, v3.32. */
export function isFailsafe(direction: Direction, packet: Packet): boolean {
  return failsafePorts[direction].some(
    ({ protocol, port }) => protocol === packet.protocol && port === packet.destination.port,
  );
}

/** Whether a packet looks like the answer to one that was failsafe the other way; only the raw table accepts those too. */
export function isFailsafeReply(direction: Direction, packet: Packet): boolean {
  return failsafePorts[direction === 'ingress' ? 'egress' : 'ingress'].some(
    ({ protocol, port }) => protocol === packet.protocol && port === packet.source.port,
  );
}
