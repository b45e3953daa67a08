import { blockOf } from '../../lang/cidr.ts';
import type { Address, Cidr } from '../../lang/cidr.ts';
import type { ServiceMatch } from './normal-form.ts';

/** A port on which an address serves: for a Service its target port. */
export interface ServicePort {
  readonly protocol: number;
  readonly port: number;
}

interface Served {
  readonly address: Address;
  readonly ports: ServicePort[];
}

/** The addresses behind each Service, as EndpointSlices give them. Mirrors felix/serviceindex, v3.32. */
export class ServiceIndex {
  private readonly services = new Map<string, Map<string, Served>>();

  /** Adds an address to a Service, with a port unless its slice names none. */
  add(namespace: string, name: string, address: Address, port?: ServicePort): void {
    const service = `${namespace}/${name}`;
    const addresses = this.services.get(service) ?? new Map<string, Served>();
    const served = addresses.get(addressKey(address)) ?? { address, ports: [] };
    if (port !== undefined) served.ports.push(port);
    addresses.set(addressKey(address), served);
    this.services.set(service, addresses);
  }

  /** Whether an address is behind a Service, whatever its port. */
  hasAddress(match: ServiceMatch, address: Address | undefined): boolean {
    return address !== undefined && this.addressesOf(match)?.has(addressKey(address)) === true;
  }

  /** The ports on which an address serves for a Service. */
  portsOf(match: ServiceMatch, address: Address | undefined): readonly ServicePort[] {
    return address === undefined ? [] : (this.addressesOf(match)?.get(addressKey(address))?.ports ?? []);
  }

  /** The addresses behind a Service, as blocks of one address each. */
  blocksOf(match: ServiceMatch): readonly Cidr[] {
    return [...(this.addressesOf(match)?.values() ?? [])].map(({ address }) =>
      blockOf(address, address.family === 4 ? 32 : 128),
    );
  }

  private addressesOf({ namespace, name }: ServiceMatch): ReadonlyMap<string, Served> | undefined {
    return this.services.get(`${namespace}/${name}`);
  }
}

function addressKey(address: Address): string {
  return `${address.family}:${address.value.toString(36)}`;
}
