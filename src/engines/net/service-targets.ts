import type { Cluster } from '../../cluster/cluster.ts';
import { record } from '../../cluster/controller-pods.ts';
import { namespaceOf, objectsOfKind } from '../../cluster/object-index.ts';
import type { PodSource } from '../../cluster/pod-source.ts';
import { objectValue } from '../../model/object-value.ts';
import type { Json, JsonObject, ManifestObject } from '../../model/object.ts';
import { labelSelectorMatches } from '../../lang/label-selector.ts';
import { networkOf } from './network-of.ts';
import { protocolNumbers } from './protocol.ts';

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

/** The pods behind a Service and their ports, for one of its ports (by number or name) or for all. */
export function serviceTargets(
  cluster: Cluster,
  service: ManifestObject,
  port?: number | string,
): readonly ServiceTarget[] {
  const spec = record(objectValue(service, cluster.version.value).spec);
  const matchLabels = Object.fromEntries(texts(spec.selector));
  if (Object.keys(matchLabels).length === 0) return [];
  const ports = (Array.isArray(spec.ports) ? spec.ports : [])
    .map(record)
    .filter((each) => port === undefined || each.port === port || each.name === port);
  const namespace = namespaceOf(cluster, service);
  const pods = networkOf(cluster).pods.filter(
    (pod) =>
      pod.namespace === namespace &&
      labelSelectorMatches({ matchLabels }, new Map(texts(record(pod.pod.metadata).labels))),
  );
  return pods.flatMap((pod) =>
    ports.flatMap((each) => {
      const protocol = typeof each.protocol === 'string' ? each.protocol : 'TCP';
      const number = targetPort(pod, each, protocol);
      return number === undefined ? [] : [{ pod, protocol: protocolNumbers[protocol] ?? 6, port: number }];
    }),
  );
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

function texts(value: Json | undefined): [string, string][] {
  return Object.entries(record(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : []));
}
