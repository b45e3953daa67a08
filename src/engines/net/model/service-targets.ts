import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { ServicePortView } from '../../../model/kinds/service.ts';
import { type NetService, type PodPort, servicesOf, targetAt } from './services.ts';

/** Services by `NAME`, `NAMESPACE/NAME` or `NAMESPACE/service/NAME`. */
export function servicesNamed(cluster: Cluster, text: string): readonly NetService[] {
  const [name, ...before] = text.split('/').reverse();
  return servicesOf(cluster).all.filter(
    (service) =>
      service.name === name &&
      before.every((part) => ['service', 'svc', service.namespace].includes(part.toLowerCase())),
  );
}

/** The pods behind a Service and the ports of its endpoints, for one of its ports (by number or name) or for all. */
export function serviceTargets(service: NetService, port?: number | string): readonly PodPort[] {
  return targetsOf(service, portsAsked(service, port));
}

/**
 * Where a connection to a Service by its name goes. Nothing rewrites one to a headless Service, whose name stands for the addresses of its
 * pods: a number is a port of the pods. A name, or no port, is what SRV records say, the ports of the endpoints. Without a protocol, those that
 * the Service has for the port are meant.
 */
export function connectionTargets(
  service: NetService,
  { port, protocol }: { readonly port?: number | string; readonly protocol?: string },
): readonly PodPort[] {
  const asked = portsAsked(service, port).filter((each) => protocol === undefined || each.protocol === protocol);
  if (!service.isHeadless || typeof port !== 'number') return targetsOf(service, asked);
  const protocols = asked.length === 0 ? [protocol ?? 'TCP'] : new Set(asked.map((each) => each.protocol));
  return targetsOf(
    service,
    [...protocols].map((each) => ({ target: port, protocol: each })),
  );
}

/** The ports of a Service that a number or a name stands for; all where none is asked. */
export function portsAsked({ ports }: NetService, port: number | string | undefined): readonly ServicePortView[] {
  return ports.filter((each) => port === undefined || each.port === port || each.name === port);
}

function targetsOf(
  service: NetService,
  ports: readonly Pick<ServicePortView, 'protocol' | 'target'>[],
): readonly PodPort[] {
  return service.pods.flatMap((pod) => ports.flatMap((port) => targetAt(pod, port) ?? []));
}
