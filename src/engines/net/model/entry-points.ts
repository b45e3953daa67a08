import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { record, records } from '../../../model/json.ts';
import { specAsWritten } from '../../../model/as-written.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { Json, JsonObject, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { networkOf } from './network-of.ts';
import { protocolNumbers } from '../form/protocol.ts';
import { servicesNamed, serviceTargets } from './service-targets.ts';

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

export type RouteKind = 'Ingress' | 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute' | 'Route';

const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** What leads traffic from outside to each pod: Services, Ingresses, routes of the Gateway API and of OpenShift, ports of nodes. */
export function entryPoints(cluster: Cluster): ReadonlyMap<PodSource, readonly EntryPoint[]> {
  const found = new Map<PodSource, EntryPoint[]>();
  const add = (pod: PodSource, point: EntryPoint): void => {
    const points = found.get(pod);
    if (points === undefined) found.set(pod, [point]);
    else points.push(point);
  };
  for (const service of objectsOfKind(cluster, '', 'Service')) addService(cluster, service, add);
  for (const backend of backends(cluster)) {
    const name = `${backend.namespace}/service/${backend.name}`;
    for (const service of servicesNamed(cluster, name)) {
      for (const { pod, protocol, port } of serviceTargets(cluster, service, backend.port)) {
        const { kind, object, path, targetPort = port } = backend;
        if (targetPort !== port) continue;
        const shown = `${backend.namespace}/${backend.name}`;
        add(pod, { kind, object, path, service: shown, protocol, targetPort: port, source: 'proxy' });
      }
    }
  }
  for (const pod of networkOf(cluster).pods) for (const point of hostPorts(pod)) add(pod, point);
  return found;
}

function addService(cluster: Cluster, service: ManifestObject, add: (pod: PodSource, point: EntryPoint) => void): void {
  const spec = record(objectValue(service, cluster.version.value).spec);
  const externalIPs = Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0;
  const type = spec.type === 'LoadBalancer' || spec.type === 'NodePort' ? spec.type : undefined;
  if (type === undefined && !externalIPs) return;
  const source = spec.externalTrafficPolicy === 'Local' ? 'client' : 'node';
  for (const [index, each] of records(spec.ports).entries()) {
    const asked = each.port;
    if (typeof asked !== 'number') continue;
    const path = ['spec', 'ports', index];
    const protocol = protocolNumbers[typeof each.protocol === 'string' ? each.protocol : 'TCP'] ?? 6;
    for (const target of serviceTargets(cluster, service, asked)) {
      if (target.protocol !== protocol) continue;
      const common = { object: service, path, protocol, targetPort: target.port, source } as const;
      if (type === 'LoadBalancer') add(target.pod, { ...common, kind: type, port: asked });
      if (type === 'NodePort' || (type === 'LoadBalancer' && typeof each.nodePort === 'number')) {
        const port = typeof each.nodePort === 'number' ? { port: each.nodePort } : {};
        add(target.pod, { ...common, kind: 'NodePort', ...port });
      }
      if (externalIPs) add(target.pod, { ...common, kind: 'ExternalIP', path: ['spec', 'externalIPs'], port: asked });
    }
  }
}

/** A Service that an Ingress or route sends traffic to. */
interface Backend {
  readonly kind: RouteKind;
  readonly object: ManifestObject;
  readonly path: FieldPath;
  readonly namespace: string;
  readonly name: string;
  /** Of the Service; absent: all ports. */
  readonly port?: number | string;
  /** Of the pods; absent: all of those. */
  readonly targetPort?: number;
}

function backends(cluster: Cluster): readonly Backend[] {
  const ingresses = objectsOfKind(cluster, 'networking.k8s.io', 'Ingress').flatMap((object) =>
    ingressBackends(cluster, object),
  );
  const routes = routeKinds.flatMap((kind) =>
    objectsOfKind(cluster, 'gateway.networking.k8s.io', kind).flatMap((object) => routeBackends(cluster, kind, object)),
  );
  const openShift = objectsOfKind(cluster, 'route.openshift.io', 'Route').flatMap((object) =>
    openShiftBackends(cluster, object),
  );
  return [...ingresses, ...routes, ...openShift];
}

/** The port of a Route is the name of a port of the Service, or the number of a port of the pods. */
function openShiftBackends(cluster: Cluster, object: ManifestObject): readonly Backend[] {
  const spec = specAsWritten(object);
  const { targetPort } = record(spec.port);
  const port = typeof targetPort === 'string' ? { port: targetPort } : {};
  const onPods = typeof targetPort === 'number' ? { targetPort } : {};
  const to = [record(spec.to), ...records(spec.alternateBackends)];
  return to.flatMap(({ name }, index): Backend[] => {
    if (typeof name !== 'string') return [];
    const path = index === 0 ? ['spec', 'to'] : ['spec', 'alternateBackends', index - 1];
    return [{ kind: 'Route', object, path, namespace: namespaceOf(cluster, object), name, ...port, ...onPods }];
  });
}

function ingressBackends(cluster: Cluster, object: ManifestObject): readonly Backend[] {
  const spec = specAsWritten(object);
  const namespace = namespaceOf(cluster, object);
  const found: Backend[] = [];
  const add = (backend: JsonObject, path: FieldPath): void => {
    const service = record(backend.service);
    const name = service.name ?? backend.serviceName;
    const port = portOf(record(service.port).number ?? record(service.port).name ?? backend.servicePort);
    if (typeof name !== 'string') return;
    found.push({ kind: 'Ingress', object, path, namespace, name, ...(port === undefined ? {} : { port }) });
  };
  for (const key of ['defaultBackend', 'backend']) if (spec[key] !== undefined) add(record(spec[key]), ['spec', key]);
  for (const [i, rule] of records(spec.rules).entries()) {
    for (const [j, path] of records(record(rule.http).paths).entries()) {
      add(record(path.backend), ['spec', 'rules', i, 'http', 'paths', j, 'backend']);
    }
  }
  return found;
}

/** A route whose parents are all Services is for traffic within the cluster. */
function routeBackends(cluster: Cluster, kind: RouteKind, object: ManifestObject): readonly Backend[] {
  const spec = specAsWritten(object);
  const parents = records(spec.parentRefs);
  if (parents.length > 0 && parents.every((parent) => parent.kind === 'Service')) return [];
  return records(spec.rules).flatMap((rule, i) =>
    records(rule.backendRefs).flatMap((backend, j): Backend[] => {
      const { name, namespace } = backend;
      if (typeof name !== 'string' || (backend.kind ?? 'Service') !== 'Service') return [];
      const port = portOf(backend.port);
      return [
        {
          kind,
          object,
          path: ['spec', 'rules', i, 'backendRefs', j],
          namespace: typeof namespace === 'string' ? namespace : namespaceOf(cluster, object),
          name,
          ...(port === undefined ? {} : { port }),
        },
      ];
    }),
  );
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

function portOf(value: Json | undefined): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}
