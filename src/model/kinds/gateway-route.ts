import type { FieldPath } from '../../text/tree.ts';
import { items, record, records, text } from '../json.ts';
import type { JsonObject } from '../object.ts';

/*
 * Routes and ReferenceGrants of the Gateway API (gateway.networking.k8s.io), as v1.2 of it has them.
 */

/** The group of the Gateway API. */
export const gatewayGroup = 'gateway.networking.k8s.io';

/** Kinds of the Gateway API that lead to Services. */
export const gatewayRouteKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

export type GatewayRouteKind = (typeof gatewayRouteKinds)[number];

/** What a route says. */
export interface GatewayRouteView {
  /** Whether it is for traffic within the cluster: all of its parents are Services. */
  readonly isForMesh: boolean;
  readonly backends: readonly RouteBackend[];
}

/** A Service that a route sends requests to. References to other kinds, such as a Knative `Service`, are left out. */
export interface RouteBackend {
  readonly path: FieldPath;
  readonly namePath: FieldPath;
  readonly portPath: FieldPath;
  /** Absent: that of the route. */
  readonly namespace?: string;
  readonly service: string;
  readonly port?: number;
}

/** Reads a route as it is written: the backends of each rule, then those that get copies of its requests (`RequestMirror`). */
export function readGatewayRoute(route: JsonObject): GatewayRouteView {
  const spec = record(route.spec);
  const parents = records(spec.parentRefs);
  return {
    isForMesh: parents.length > 0 && parents.every(({ kind }) => kind === 'Service'),
    backends: items(spec.rules).flatMap(([index, rule]) => {
      const path = ['spec', 'rules', index];
      return [
        ...items(rule.backendRefs).flatMap(([at, reference]) => readBackend(reference, [...path, 'backendRefs', at])),
        ...items(rule.filters).flatMap(([at, { requestMirror }]) =>
          readBackend(record(record(requestMirror).backendRef), [
            ...path,
            'filters',
            at,
            'requestMirror',
            'backendRef',
          ]),
        ),
      ];
    }),
  };
}

function readBackend({ group, kind, name, namespace, port }: JsonObject, path: FieldPath): readonly RouteBackend[] {
  const isService = ['', 'core'].includes(text(group)) && (text(kind) || 'Service') === 'Service';
  if (!isService || typeof name !== 'string') return [];
  return [
    {
      path,
      namePath: [...path, 'name'],
      portPath: [...path, 'port'],
      service: name,
      ...(typeof namespace === 'string' ? { namespace } : {}),
      ...(typeof port === 'number' ? { port } : {}),
    },
  ];
}

/** Which routes of other namespaces may send requests to which Services of its own namespace. */
export interface ReferenceGrantView {
  readonly from: readonly { readonly kind: string; readonly namespace: string }[];
  /** Without a name all of a kind. */
  readonly to: readonly { readonly kind: string; readonly name?: string }[];
}

/** Reads a ReferenceGrant as it is written. */
export function readReferenceGrant(grant: JsonObject): ReferenceGrantView {
  const spec = record(grant.spec);
  return {
    from: records(spec.from).map(({ kind, namespace }) => ({ kind: text(kind), namespace: text(namespace) })),
    to: records(spec.to).map(({ kind, name }) => ({
      kind: text(kind),
      ...(typeof name === 'string' ? { name } : {}),
    })),
  };
}
