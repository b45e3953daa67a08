import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { type IngressText, ingressText } from '../ingress-text.ts';
import {
  type BackendReference,
  ingressBackends,
  isGranted,
  routeBackends,
  routeKinds,
} from './net-backend-references.ts';
import type { NetService, NetServicePort } from './net-services.ts';
import { isOneEditAway } from '../one-edit-away.ts';
import { once } from '../once.ts';
import { externalAddresses, isLimited } from '../service-limits.ts';
import { directoryOf } from '../written-together.ts';

/** What the reference leads to: nothing where no such Service is in the tree, no port where it has none of that number or name. */
export interface Backend extends BackendReference {
  readonly found?: NetService;
  readonly foundPort?: NetServicePort;
  /** Whether a route may name it: it is in its own namespace, or a ReferenceGrant of the other one allows it. */
  readonly isGranted: boolean;
}

/** Where requests from outside are sent to. */
export interface BackendFacts {
  /** The Ingresses of linted manifests. */
  readonly ingresses: readonly IngressText[];
  readonly ofIngresses: readonly Backend[];
  readonly ofRoutes: readonly Backend[];
  /** Whether the Service of a reference may be in no manifest: no other of its namespace stands beside it, or a document cannot be read. */
  mayBeElsewhere(reference: BackendReference): boolean;
  /** The Service that a reference without one probably means. */
  misspelt(reference: BackendReference): string | undefined;
  /** The ports of a Service in words: `port 80 (http)`. */
  portsOf(service: NetService): string;
  /** The `externalIPs` of a Service. */
  externalAddresses(service: ManifestObject): readonly string[];
  /** Whether a Service of type LoadBalancer is internal, or says which addresses may reach it. */
  isLimited(service: NetService): boolean;
}

/** Reads the backends of a cluster's Ingresses and of the routes of the Gateway API; `unread` tells whether documents could not be read. */
export function backendFacts(
  cluster: Cluster,
  services: () => readonly NetService[],
  unread: () => boolean,
): BackendFacts {
  const byName = once(() => new Map(services().map((each) => [`${each.namespace}/${each.name}`, each])));
  const resolve = (reference: BackendReference): Backend => {
    const found = byName().get(`${reference.namespace}/${reference.service}`);
    const foundPort = found?.ports.find(({ name, port }) => [name, port].includes(reference.port ?? ''));
    return {
      ...reference,
      ...(found && { found }),
      ...(foundPort && { foundPort }),
      isGranted: isGranted(cluster, reference),
    };
  };
  const linted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const ingresses = once(() =>
    objectsOfKind(cluster, 'networking.k8s.io', 'Ingress')
      .filter(linted)
      .flatMap((object) => ingressBackends(cluster, object))
      .map(resolve),
  );
  const routes = once(() =>
    routeKinds
      .flatMap((kind) => objectsOfKind(cluster, 'gateway.networking.k8s.io', kind))
      .filter(linted)
      .flatMap((object) => routeBackends(cluster, object))
      .map(resolve),
  );
  const texts = once(() => objectsOfKind(cluster, 'networking.k8s.io', 'Ingress').filter(linted).map(ingressText));
  const withServices = once(
    () => new Set(services().map(({ namespace, object }) => `${namespace} ${directoryOf(object)}`)),
  );
  return {
    get ingresses() {
      return texts();
    },
    get ofIngresses() {
      return ingresses();
    },
    get ofRoutes() {
      return routes();
    },
    mayBeElsewhere: ({ namespace, object }) => !withServices().has(`${namespace} ${directoryOf(object)}`) || unread(),
    misspelt: ({ namespace, service }) =>
      services().find((each) => each.namespace === namespace && isOneEditAway(each.name, service))?.name,
    portsOf: ({ ports }) => {
      const listed = ports.map(({ port, name }) => (name === '' ? String(port) : `${String(port)} (${name})`));
      return listed.length === 0 ? 'no port' : `port ${listed.join(', ')}`;
    },
    externalAddresses,
    isLimited: ({ object }) => isLimited(object),
  };
}
