import type { Address } from '../../lang/cidr.ts';
import type { ServiceMatch } from './normal-form.ts';

/** A port on which an address serves: for a Service its target port. */
export interface ServicePort {
  readonly protocol: number;
  readonly port: number;
}

/** The addresses behind each Service, as EndpointSlices give them. Mirrors felix/serviceindex, v3.32. */
export class ServiceIndex {
  private readonly services = new Map<string, Map<string, ServicePort[]>>();

  /** Adds an address to a Service, with a port unless its slice names none. */
  add(namespace: string, name: string, address: Address, port?: ServicePort): void {
    const service = `${namespace}/${name}`;
    const addresses = this.services.get(service) ?? new Map<string, ServicePort[]>();
    const ports = addresses.get(addressKey(address)) ?? [];
    if (port !== undefined) ports.push(port);
    addresses.set(addressKey(address), ports);
    this.services.set(service, addresses);
  }

  /** Whether an address is behind a Service, whatever its port. */
  hasAddress(match: ServiceMatch, address: Address | undefined): boolean {
    return address !== undefined && this.addressesOf(match)?.has(addressKey(address)) === true;
  }

  /** The ports on which an address serves for a Service. */
  portsOf(match: ServiceMatch, address: Address | undefined): readonly ServicePort[] {
    return address === undefined ? [] : (this.addressesOf(match)?.get(addressKey(address)) ?? []);
  }

  private addressesOf({ namespace, name }: ServiceMatch): ReadonlyMap<string, ServicePort[]> | undefined {
    return this.services.get(`${namespace}/${name}`);
  }
}

function addressKey(address: Address): string {
  return `${address.family}:${address.value.toString(36)}`;
}
