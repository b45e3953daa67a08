import type { Cluster } from '../../cluster/cluster.ts';
import { record } from '../../cluster/controller-pods.ts';
import { namespaceOf, objectsOfKind } from '../../cluster/object-index.ts';
import { plainJson } from '../../model/object-value.ts';
import type { Json, JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { NetService, NetServicePort } from './net-services.ts';
import { isOneEditAway } from './one-edit-away.ts';
import { once } from './once.ts';
import { directoryOf } from './written-together.ts';

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

/** What the reference leads to: nothing where no such Service is in the tree, no port where it has none of that number or name. */
export interface Backend extends BackendReference {
  readonly found?: NetService;
  readonly foundPort?: NetServicePort;
  /** Whether a route may name it: it is in its own namespace, or a ReferenceGrant of the other one allows it. */
  readonly isGranted: boolean;
}

/** What an Ingress says beside its backends. */
export interface IngressText {
  readonly object: ManifestObject;
  /** One for each rule; '' where a rule names none. */
  readonly hosts: readonly { readonly host: string; readonly path: FieldPath }[];
  /** The hosts that its certificates are for, '' for all; absent where it has no certificate. */
  readonly tls?: readonly string[];
  /** Whether an annotation gives the load balancer its certificate. */
  readonly hasCertificate: boolean;
  readonly annotations: readonly (readonly [string, string])[];
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
    isLimited,
  };
}

function externalAddresses(service: ManifestObject): readonly string[] {
  const { externalIPs } = record(record(plainJson(service.node)).spec);
  return (Array.isArray(externalIPs) ? externalIPs : []).filter((address) => typeof address === 'string');
}

/** Annotations by which the clouds tell an internal load balancer. */
const internalAnnotations: Readonly<Record<string, RegExp>> = {
  'service.beta.kubernetes.io/aws-load-balancer-internal': /^(?!false$)/,
  'service.beta.kubernetes.io/aws-load-balancer-scheme': /^internal$/,
  'service.beta.kubernetes.io/azure-load-balancer-internal': /^true$/,
  'networking.gke.io/load-balancer-type': /^Internal$/i,
  'cloud.google.com/load-balancer-type': /^Internal$/i,
  'service.beta.kubernetes.io/openstack-internal-load-balancer': /^true$/,
  'service.beta.kubernetes.io/oci-load-balancer-internal': /^true$/,
  'metallb.universe.tf/address-pool': /internal|private/,
};

function isLimited({ object }: NetService): boolean {
  const { metadata, spec } = record(plainJson(object.node));
  const ranges = record(spec).loadBalancerSourceRanges;
  const annotations = record(record(metadata).annotations);
  const isOpen = !Array.isArray(ranges) || ranges.length === 0 || ranges.includes('0.0.0.0/0');
  return (
    !isOpen ||
    Object.entries(internalAnnotations).some(([key, value]) => {
      const written = annotations[key];
      return typeof written === 'string' && value.test(written);
    })
  );
}

const certificateAnnotations = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'networking.gke.io/managed-certificates',
  'networking.gke.io/pre-shared-certs',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
];

function ingressText(object: ManifestObject): IngressText {
  const { metadata, spec } = record(plainJson(object.node));
  const annotations = Object.entries(record(record(metadata).annotations)).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const { tls, rules } = record(spec);
  const covered = items(tls).flatMap(([, { hosts }]) =>
    Array.isArray(hosts) && hosts.length > 0 ? hosts.map(String) : [''],
  );
  return {
    object,
    hosts: items(rules).map(([index, { host }]) => ({
      host: typeof host === 'string' ? host : '',
      path: ['spec', 'rules', index, 'host'],
    })),
    ...(covered.length === 0 ? {} : { tls: covered }),
    hasCertificate: annotations.some(([key]) => certificateAnnotations.includes(key)),
    annotations,
  };
}

function ingressBackends(cluster: Cluster, object: ManifestObject): readonly BackendReference[] {
  const json = record(plainJson(object.node));
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

const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

function routeBackends(cluster: Cluster, object: ManifestObject): readonly BackendReference[] {
  const spec = record(record(plainJson(object.node)).spec);
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

function isGranted(cluster: Cluster, { object, namespace, service }: BackendReference): boolean {
  const home = namespaceOf(cluster, object);
  if (home === namespace) return true;
  return objectsOfKind(cluster, 'gateway.networking.k8s.io', 'ReferenceGrant').some((grant) => {
    if (namespaceOf(cluster, grant) !== namespace) return false;
    const spec = record(record(plainJson(grant.node)).spec);
    const from = items(spec.from).some(([, each]) => each.kind === object.kind && each.namespace === home);
    const to = items(spec.to).some(([, each]) => each.kind === 'Service' && (each.name ?? service) === service);
    return from && to;
  });
}

function items(value: Json | undefined): readonly (readonly [number, JsonObject])[] {
  return (Array.isArray(value) ? value : []).map((each, index) => [index, record(each)] as const);
}
