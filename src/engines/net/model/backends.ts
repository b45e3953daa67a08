import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { asWritten } from '../../../model/as-written.ts';
import {
  gatewayGroup,
  gatewayRouteKinds,
  readGatewayRoute,
  readReferenceGrant,
} from '../../../model/kinds/gateway-route.ts';
import type { GatewayRouteKind } from '../../../model/kinds/gateway-route.ts';
import { type IngressBackend, readIngress } from '../../../model/kinds/ingress.ts';
import { readOpenShiftRoute } from '../../../model/kinds/openshift-route.ts';
import type { ServicePortView } from '../../../model/kinds/service.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { type NetService, servicesOf } from './services.ts';

/** `Route` is that of OpenShift. */
export type RouteKind = 'Ingress' | GatewayRouteKind | 'Route';

/** A Service that an Ingress or a route sends requests to. */
export interface Backend {
  readonly kind: RouteKind;
  readonly object: ManifestObject;
  readonly path: FieldPath;
  readonly namePath: FieldPath;
  readonly portPath: FieldPath;
  readonly namespace: string;
  readonly service: string;
  /** Of the Service, by number or name; absent: all ports. */
  readonly port?: number | string;
  /** Of the pods; absent: all of those. */
  readonly targetPort?: number;
  /** Whether the requests come from within the cluster: the parents of the route are Services. */
  readonly isForMesh: boolean;
  /** Whether a route may name it: it is in its own namespace, or a ReferenceGrant of the other one allows it. */
  readonly isGranted: boolean;
  /** Absent where the tree has no such Service. */
  readonly found?: NetService;
  /** Absent where the Service has no port of that number or name. */
  readonly foundPort?: ServicePortView;
}

const known = new WeakMap<Cluster, readonly Backend[]>();

/** The backends of every Ingress, then of every route of the Gateway API (those that get copies of requests too), then of OpenShift's. */
export function backendsOf(cluster: Cluster): readonly Backend[] {
  let answer = known.get(cluster);
  if (answer === undefined) known.set(cluster, (answer = findBackends(cluster)));
  return answer;
}

type Reference = Omit<Backend, 'isGranted' | 'found' | 'foundPort'>;

function findBackends(cluster: Cluster): readonly Backend[] {
  const services = servicesOf(cluster);
  return [...ingressReferences(cluster), ...gatewayReferences(cluster), ...openShiftReferences(cluster)].map(
    (reference): Backend => {
      const found = services.named(reference.namespace, reference.service);
      const foundPort = found?.ports.find(({ name, port }) => [name, port].includes(reference.port ?? ''));
      return {
        ...reference,
        isGranted: isGranted(cluster, reference),
        ...(found && { found }),
        ...(foundPort && { foundPort }),
      };
    },
  );
}

function ingressReferences(cluster: Cluster): readonly Reference[] {
  return objectsOfKind(cluster, 'networking.k8s.io', 'Ingress').flatMap((object) => {
    const { annotations, backends } = readIngress(asWritten(object));
    const namespace = namespaceOf(cluster, object);
    const actions = new Set(annotations.map(([key]) => key));
    return backends
      .filter((backend) => !isAction(backend, actions))
      .map((backend): Reference => ({ ...backend, kind: 'Ingress', object, namespace, isForMesh: false }));
  });
}

/** The controller of AWS reads such a backend as an action that an annotation describes (guide/ingress/annotations.md of its documentation). */
function isAction({ service, port }: IngressBackend, annotations: ReadonlySet<string>): boolean {
  return port === 'use-annotation' || annotations.has(`alb.ingress.kubernetes.io/actions.${service}`);
}

function gatewayReferences(cluster: Cluster): readonly Reference[] {
  return gatewayRouteKinds.flatMap((kind) =>
    objectsOfKind(cluster, gatewayGroup, kind).flatMap((object) => {
      const { backends, isForMesh } = readGatewayRoute(asWritten(object));
      const namespace = namespaceOf(cluster, object);
      return backends.map((backend): Reference => ({ namespace, ...backend, kind, object, isForMesh }));
    }),
  );
}

function openShiftReferences(cluster: Cluster): readonly Reference[] {
  return objectsOfKind(cluster, 'route.openshift.io', 'Route').flatMap((object) => {
    const namespace = namespaceOf(cluster, object);
    return readOpenShiftRoute(asWritten(object)).map((backend): Reference => ({
      ...backend,
      kind: 'Route',
      object,
      namespace,
      isForMesh: false,
    }));
  });
}

function isGranted(cluster: Cluster, { object, namespace, service }: Reference): boolean {
  const home = namespaceOf(cluster, object);
  if (home === namespace) return true;
  return objectsOfKind(cluster, gatewayGroup, 'ReferenceGrant').some((grant) => {
    if (namespaceOf(cluster, grant) !== namespace) return false;
    const { from, to } = readReferenceGrant(asWritten(grant));
    return (
      from.some((each) => each.kind === object.kind && each.namespace === home) &&
      to.some((each) => each.kind === 'Service' && (each.name ?? service) === service)
    );
  });
}
