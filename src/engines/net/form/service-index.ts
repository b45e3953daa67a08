import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { blockOf } from '../../../lang/addresses/cidr.ts';
import type { Address, Cidr } from '../../../lang/addresses/cidr.ts';
import type { ServiceMatch } from './normal-form.ts';
import type { AddressEnd } from './packet.ts';

/** A port on which an address serves: for a Service its target port. */
export interface ServicePort {
  readonly protocol: number;
  readonly port: number;
}

interface Served {
  readonly address: Address | undefined;
  readonly ports: ServicePort[];
}

/** What is behind a Service: an address, or a pod whose address is not known. */
export type Backend = Address | PodSource;

/** Equal for what is the same behind a Service. */
export type BackendKey = string | PodSource;

/** What one end of a packet would be known by behind a Service. */
export function backendKey({ address, owners, source }: AddressEnd): BackendKey | undefined {
  if (address !== undefined) return addressKey(address);
  return source ?? owners.find(({ kind }) => kind === 'pod')?.object.source;
}

/** The addresses behind each Service, as EndpointSlices give them. Mirrors felix/serviceindex, v3.32. */
export class ServiceIndex {
  private readonly services = new Map<string, Map<BackendKey, Served>>();

  /** Adds a backend to a Service, with a port unless its slice names none. */
  add(namespace: string, name: string, backend: Backend, port?: ServicePort): void {
    const service = `${namespace}/${name}`;
    const backends = this.services.get(service) ?? new Map<BackendKey, Served>();
    const address = 'family' in backend ? backend : undefined;
    const key = 'family' in backend ? addressKey(backend) : backend;
    const served = backends.get(key) ?? { address, ports: [] };
    if (port !== undefined) served.ports.push(port);
    backends.set(key, served);
    this.services.set(service, backends);
  }

  /** Whether one end of a packet is behind a Service, whatever its port. */
  has(match: ServiceMatch, end: AddressEnd): boolean {
    return this.servedBy(match, end) !== undefined;
  }

  /** The ports on which one end of a packet serves for a Service. */
  portsOf(match: ServiceMatch, end: AddressEnd): readonly ServicePort[] {
    return this.servedBy(match, end)?.ports ?? [];
  }

  /** The addresses behind a Service, as blocks of one address each. */
  blocksOf(match: ServiceMatch): readonly Cidr[] {
    return [...(this.backendsOf(match)?.values() ?? [])].flatMap(({ address }) =>
      address === undefined ? [] : [blockOf(address, address.family === 4 ? 32 : 128)],
    );
  }

  /** What everything behind a Service is known by. */
  keysOf(match: ServiceMatch): Iterable<BackendKey> {
    return this.backendsOf(match)?.keys() ?? [];
  }

  private servedBy(match: ServiceMatch, end: AddressEnd): Served | undefined {
    const key = backendKey(end);
    return key === undefined ? undefined : this.backendsOf(match)?.get(key);
  }

  private backendsOf({ namespace, name }: ServiceMatch): ReadonlyMap<BackendKey, Served> | undefined {
    return this.services.get(`${namespace}/${name}`);
  }
}

function addressKey(address: Address): string {
  return `${address.family}:${address.value.toString(36)}`;
}
