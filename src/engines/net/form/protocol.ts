/** Numbers of the protocols that rules may name. */
export const protocolNumbers: Readonly<Record<string, number>> = {
  ICMP: 1,
  TCP: 6,
  UDP: 17,
  ICMPv6: 58,
  SCTP: 132,
  UDPLite: 136,
};

/** Protocols whose packets have ports, as far as rules are concerned. */
export const protocolsWithPorts: readonly number[] = [6, 17, 132];

/** Whether packets of a protocol have ports, as far as rules are concerned. */
export function hasPorts(protocol: number): boolean {
  return protocol === 6 || protocol === 17 || protocol === 132;
}
