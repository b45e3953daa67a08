import type { Address } from '../../lang/cidr.ts';
import type { ServiceMatch } from './normal-form.ts';
import type { PacketEnd } from './packet.ts';

/** One address behind a Service, with a port on which it serves. */
export interface ServiceEndpoint {
  readonly address: Address;
  readonly protocol: number;
  /** The target port; undefined when the slice names none. */
  readonly port: number | undefined;
}

/** The addresses behind each Service, as EndpointSlices give them. Mirrors felix/serviceindex, v3.32. */
export class ServiceIndex {
  private readonly withPorts = new Map<string, Set<string>>();
  private readonly addresses = new Map<string, Set<string>>();

  add(namespace: string, name: string, endpoint: ServiceEndpoint): void {
    const service = `${namespace}/${name}`;
    const address = addressKey(endpoint.address);
    insert(this.addresses, service, address);
    if (endpoint.port !== undefined) {
      insert(this.withPorts, service, `${address},${endpoint.protocol},${endpoint.port}`);
    }
  }

  /** Whether an end of a packet is behind a Service. */
  contains(match: ServiceMatch, end: PacketEnd, protocol: number): boolean {
    if (end.address === undefined) return false;
    const service = `${match.namespace}/${match.name}`;
    const address = addressKey(end.address);
    if (!match.ports) return this.addresses.get(service)?.has(address) ?? false;
    return end.port !== undefined && (this.withPorts.get(service)?.has(`${address},${protocol},${end.port}`) ?? false);
  }
}

function insert(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function addressKey(address: Address): string {
  return `${address.family}:${address.value.toString(36)}`;
}
