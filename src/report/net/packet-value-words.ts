import type { PacketValue } from '../../ask/net/flow.ts';

/** `TCP 80`, `ICMP type 8`. */
export function packetWords({ protocol, port, icmp }: PacketValue): string {
  if (icmp !== undefined) return `${protocol} type ${icmp.type}`;
  return port === undefined ? protocol : `${protocol} ${port}`;
}
