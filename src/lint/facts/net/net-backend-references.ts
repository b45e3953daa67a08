import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { items, record } from '../../../model/json.ts';
import { asWritten, specAsWritten } from '../../../model/as-written.ts';
import type { Json, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';

/** A Service that an Ingress or a route sends requests to. */
export interface BackendReference {
  readonly object: ManifestObject;
  /** Where the Service is named. */
  readonly path: FieldPath;
  readonly portPath: FieldPath;
  readonly namespace: string;
  readonly service: string;
  /** By number or name. */
  readonly port?: number | string;
}

/** The Services that an Ingress names. Mirrors networking.k8s.io/v1 and the old v1beta1. */
export function ingressBackends(cluster: Cluster, object: ManifestObject): readonly BackendReference[] {
  const json = asWritten(object);
  const spec = record(json.spec);
  const annotations = record(record(json.metadata).annotations);
  const written: (readonly [Json | undefined, FieldPath])[] = [
    [spec.backend, ['spec', 'backend']],
    [spec.defaultBackend, ['spec', 'defaultBackend']],
  ];
  for (const [index, rule] of items(spec.rules)) {
    for (const [at, path] of items(record(rule.http).paths)) {
      written.push([path.backend, ['spec', 'rules', index, 'http', 'paths', at, 'backend']]);
    }
  }
  return written.flatMap(([value, path]): readonly BackendReference[] => {
    const backend = record(value);
    const service = record(backend.service);
    const isOld = typeof backend.serviceName === 'string';
    const name = isOld ? backend.serviceName : service.name;
    if (typeof name !== 'string' || name === '') return [];
    const port = isOld ? backend.servicePort : (record(service.port).number ?? record(service.port).name);
    // The controller of AWS reads such a name as an action of an annotation.
    if (port === 'use-annotation' || annotations[`alb.ingress.kubernetes.io/actions.${name}`] !== undefined) return [];
    return [
      {
        object,
        path: [...path, ...(isOld ? ['serviceName'] : ['service', 'name'])],
        portPath: [...path, ...(isOld ? ['servicePort'] : ['service', 'port'])],
        namespace: namespaceOf(cluster, object),
        service: name,
        ...(typeof port === 'number' || typeof port === 'string' ? { port: numeric(port) } : {}),
      },
    ];
  });
}

/** The old form takes a number as text too. */
function numeric(port: number | string): number | string {
  return typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
}

/** Kinds of the Gateway API that lead to Services. */
export const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** The Services that a route names, mirrors included. */
export function routeBackends(cluster: Cluster, object: ManifestObject): readonly BackendReference[] {
  const spec = specAsWritten(object);
  const home = namespaceOf(cluster, object);
  return items(spec.rules).flatMap(([index, rule]) => {
    const path = ['spec', 'rules', index];
    const mirrors = items(rule.filters).map(([at, filter]) => {
      const reference = record(record(filter.requestMirror).backendRef);
      return [reference, [...path, 'filters', at, 'requestMirror', 'backendRef']] as const;
    });
    const references = items(rule.backendRefs).map(
      ([at, reference]) => [reference, [...path, 'backendRefs', at]] as const,
    );
    return [...references, ...mirrors].flatMap(([reference, at]): readonly BackendReference[] => {
      const { group = '', kind = 'Service', name, namespace = home, port } = reference;
      if ((group !== '' && group !== 'core') || kind !== 'Service') return [];
      if (typeof name !== 'string' || typeof namespace !== 'string') return [];
      const numbered = typeof port === 'number' ? { port } : {};
      return [{ object, path: [...at, 'name'], portPath: [...at, 'port'], namespace, service: name, ...numbered }];
    });
  });
}

/** Whether a route may name a Service: it is in its own namespace, or a ReferenceGrant of the other one allows it. */
export function isGranted(cluster: Cluster, { object, namespace, service }: BackendReference): boolean {
  const home = namespaceOf(cluster, object);
  if (home === namespace) return true;
  return objectsOfKind(cluster, 'gateway.networking.k8s.io', 'ReferenceGrant').some((grant) => {
    if (namespaceOf(cluster, grant) !== namespace) return false;
    const spec = specAsWritten(grant);
    const from = items(spec.from).some(([, each]) => each.kind === object.kind && each.namespace === home);
    const to = items(spec.to).some(([, each]) => each.kind === 'Service' && (each.name ?? service) === service);
    return from && to;
  });
}
