import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { record, records } from '../../../model/json.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { networkPods } from './network-of.ts';
import { protocolNumbers } from '../form/protocol.ts';
import { type Backend, backendsOf, type RouteKind } from './backends.ts';
import { serviceTargets } from './service-targets.ts';
import { type NetService, servicesOf, targetAt } from './services.ts';

/** What leads traffic from outside to a pod's port. It says where packets go, not whether policies let them in. */
export interface EntryPoint {
  /** For a Service its type, or `ExternalIP`; for a port of the node that the pod itself asks for `HostPort`. */
  readonly kind: 'LoadBalancer' | 'NodePort' | 'ExternalIP' | 'HostPort' | RouteKind;
  readonly object: ManifestObject;
  readonly path: FieldPath;
  /** The Service behind an Ingress or route. */
  readonly service?: string;
  readonly protocol: number;
  /** The port outside: of the Service, of the node; absent where a proxy has it. */
  readonly port?: number;
  /** The port of the pod, which policies see. */
  readonly targetPort: number;
  /**
   * Whose address policies see: the client's, that of the node that it entered by, or a proxy's. With `externalTrafficPolicy: Cluster` a node
   * may put its own in place of the client's.
   */
  readonly source: 'client' | 'node' | 'proxy';
}

/** What leads traffic from outside to each pod: Services, Ingresses, routes of the Gateway API and of OpenShift, ports of nodes. */
export function entryPoints(cluster: Cluster): ReadonlyMap<PodSource, readonly EntryPoint[]> {
  const found = new Map<PodSource, EntryPoint[]>();
  const add: Add = (pod, point) => {
    const points = found.get(pod);
    if (points === undefined) found.set(pod, [point]);
    else points.push(point);
  };
  for (const service of servicesOf(cluster).all) addService(service, add);
  for (const backend of backendsOf(cluster)) addBackend(backend, add);
  for (const pod of networkPods(cluster)) for (const point of hostPorts(pod)) add(pod, point);
  return found;
}

type Add = (pod: PodSource, point: EntryPoint) => void;

function addService(service: NetService, add: Add): void {
  const { object, type, keepsSource } = service;
  const isExternal = service.externalIPs.length > 0;
  const source = keepsSource ? 'client' : 'node';
  for (const { path, protocol, port, nodePort, target } of service.ports) {
    for (const pod of service.pods) {
      const at = targetAt(pod, { protocol, target });
      if (at === undefined) continue;
      const common = { object, path, protocol: at.protocol, targetPort: at.port, source } as const;
      if (type === 'LoadBalancer') add(pod, { ...common, kind: type, port });
      if (type === 'NodePort' || (type === 'LoadBalancer' && nodePort !== undefined)) {
        add(pod, { ...common, kind: 'NodePort', ...(nodePort === undefined ? {} : { port: nodePort }) });
      }
      if (isExternal) add(pod, { ...common, kind: 'ExternalIP', path: ['spec', 'externalIPs'], port });
    }
  }
}

/** What a mesh routes comes from within the cluster, and a Service that nobody granted gets nothing. */
function addBackend({ kind, object, path, namespace, found, isForMesh, isGranted, ...asked }: Backend, add: Add): void {
  if (found === undefined || isForMesh || !isGranted) return;
  const service = `${namespace}/${found.name}`;
  for (const { pod, protocol, port } of serviceTargets(found, asked.port)) {
    if (asked.targetPort !== undefined && asked.targetPort !== port) continue;
    add(pod, { kind, object, path, service, protocol, targetPort: port, source: 'proxy' });
  }
}

function hostPorts(source: PodSource): readonly EntryPoint[] {
  const spec = record(source.pod.spec);
  if (spec.hostNetwork === true) return [];
  return records(spec.containers).flatMap((container, i) =>
    records(container.ports).flatMap((port, j): EntryPoint[] => {
      const { hostPort, containerPort } = port;
      if (typeof hostPort !== 'number' || hostPort === 0 || typeof containerPort !== 'number') return [];
      const protocol = protocolNumbers[typeof port.protocol === 'string' ? port.protocol : 'TCP'] ?? 6;
      const { object, path } = source.placeOf(['spec', 'containers', i, 'ports', j, 'hostPort']);
      return [
        { kind: 'HostPort', object, path, protocol, port: hostPort, targetPort: containerPort, source: 'client' },
      ];
    }),
  );
}
