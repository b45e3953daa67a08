import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { record, textFields } from '../../../model/json.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { JsonObject, ManifestObject } from '../../../model/object.ts';
import { labelSelectorMatches } from '../../../lang/label-selector.ts';
import { networkOf } from './network-of.ts';
import { protocolNumbers } from '../form/protocol.ts';

/** Where a connection to a port of a Service really goes. */
export interface ServiceTarget {
  readonly pod: PodSource;
  readonly protocol: number;
  /** The port of the pod, after the address was rewritten; policies see no other. */
  readonly port: number;
}

/** Services by `NAME`, `NAMESPACE/NAME` or `NAMESPACE/service/NAME`. */
export function servicesNamed(cluster: Cluster, text: string): readonly ManifestObject[] {
  const [name, ...before] = text.split('/').reverse();
  return objectsOfKind(cluster, '', 'Service').filter(
    (service) =>
      service.name === name &&
      before.every((part) => ['service', 'svc', namespaceOf(cluster, service)].includes(part.toLowerCase())),
  );
}

/** The pods behind a Service and the ports of its endpoints, for one of its ports (by number or name) or for all. */
export function serviceTargets(
  cluster: Cluster,
  service: ManifestObject,
  port?: number | string,
): readonly ServiceTarget[] {
  return targetsOf(cluster, service, portsAsked(specOf(cluster, service), port));
}

/**
 * Where a connection to a Service by its name goes. Nothing rewrites one to a headless Service, whose name stands for the addresses of its
 * pods: a number is a port of the pods. A name, or no port, is what SRV records say, the ports of the endpoints. Without a protocol, those that
 * the Service has for the port are meant.
 */
export function connectionTargets(
  cluster: Cluster,
  service: ManifestObject,
  { port, protocol }: { readonly port?: number | string; readonly protocol?: string },
): readonly ServiceTarget[] {
  const spec = specOf(cluster, service);
  const asked = portsAsked(spec, port).filter((each) => protocol === undefined || protocolOf(each) === protocol);
  if (spec.clusterIP !== 'None' || typeof port !== 'number') return targetsOf(cluster, service, asked);
  const protocols = asked.length === 0 ? [protocol ?? 'TCP'] : [...new Set(asked.map(protocolOf))];
  return targetsOf(
    cluster,
    service,
    protocols.map((protocol) => ({ port, protocol })),
  );
}

function specOf(cluster: Cluster, service: ManifestObject): JsonObject {
  return record(objectValue(service, cluster.version.value).spec);
}

function portsAsked({ ports }: JsonObject, port: number | string | undefined): readonly JsonObject[] {
  return (Array.isArray(ports) ? ports : [])
    .map(record)
    .filter((each) => port === undefined || each.port === port || each.name === port);
}

function targetsOf(cluster: Cluster, service: ManifestObject, ports: readonly JsonObject[]): readonly ServiceTarget[] {
  const matchLabels = Object.fromEntries(textFields(specOf(cluster, service).selector));
  if (Object.keys(matchLabels).length === 0) return [];
  const namespace = namespaceOf(cluster, service);
  const pods = networkOf(cluster).pods.filter(
    (pod) =>
      pod.namespace === namespace &&
      labelSelectorMatches({ matchLabels }, new Map(textFields(record(pod.pod.metadata).labels))),
  );
  return pods.flatMap((pod) =>
    ports.flatMap((each) => {
      const protocol = protocolOf(each);
      const number = targetPort(pod, each, protocol);
      return number === undefined ? [] : [{ pod, protocol: protocolNumbers[protocol] ?? 6, port: number }];
    }),
  );
}

function protocolOf({ protocol }: JsonObject): string {
  return typeof protocol === 'string' ? protocol : 'TCP';
}

/** The number of a port that a pod names. */
export function namedPort(pod: PodSource, name: string, protocol: string): number | undefined {
  const spec = record(pod.pod.spec);
  for (const list of [spec.containers, spec.initContainers]) {
    for (const container of Array.isArray(list) ? list : []) {
      const { ports } = record(container);
      for (const port of (Array.isArray(ports) ? ports : []).map(record)) {
        if (port.name === name && (port.protocol ?? 'TCP') === protocol && typeof port.containerPort === 'number') {
          return port.containerPort;
        }
      }
    }
  }
  return undefined;
}

function targetPort(pod: PodSource, port: JsonObject, protocol: string): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  return typeof target === 'string' ? namedPort(pod, target, protocol) : undefined;
}
