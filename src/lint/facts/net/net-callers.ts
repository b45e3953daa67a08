import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { list, record } from '../../../model/json.ts';
import { asWritten, specAsWritten } from '../../../model/as-written.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { NetService, NetServicePort } from './net-services.ts';
import { once } from '../once.ts';

/** A pod and one of its ports. */
export interface PodPort {
  readonly pod: PodSource;
  readonly protocol: number;
  readonly port: number;
}

/** A webhook that a Service of the tree serves. */
export interface Webhook {
  readonly object: ManifestObject;
  readonly path: FieldPath;
  readonly name: string;
  readonly service: NetService;
  /** Whether requests are refused while it cannot be reached. */
  readonly isRequired: boolean;
  readonly targets: readonly PodPort[];
}

/** The node-local DNS cache, on its node's network. */
export interface NodeLocalDns {
  readonly object: ManifestObject;
  readonly address: string;
}

/** Who calls pods in every cluster, as far as manifests tell. */
export interface CallerFacts {
  /** The pods that answer DNS, with the ports that they serve; none where the tree does not have them. */
  readonly dns: readonly PodPort[];
  readonly nodeLocalDns: NodeLocalDns | undefined;
  /** The pods of all controllers of Ingresses. */
  readonly ingressControllers: readonly PodSource[];
  /** The pods of the controllers that may serve an Ingress. */
  controllersOf(ingress: ManifestObject): readonly PodSource[];
  readonly webhooks: readonly Webhook[];
  /** The pods and ports behind a port of a Service, or all of its ports. */
  targetsOf(service: NetService, port?: NetServicePort): readonly PodPort[];
}

/** Answers from the pods and Services of a cluster. */
export function callerFacts(
  cluster: Cluster,
  pods: () => readonly PodSource[],
  services: () => readonly NetService[],
): CallerFacts {
  const dns = once(() =>
    services()
      .filter(({ namespace }) => ['kube-system', 'openshift-dns'].includes(namespace))
      .flatMap((service) =>
        service.ports.filter(({ port }) => port === 53).flatMap((port) => targetsOf(service, port)),
      ),
  );
  const controllers = once(() => pods().flatMap((pod) => (productOf(pod) === undefined ? [] : [pod])));
  const nodeLocal = once(() => nodeLocalDns(pods()));
  const webhooks = once(() => {
    const byName = new Map(services().map((service) => [JSON.stringify([service.namespace, service.name]), service]));
    return ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
      .flatMap((kind) => objectsOfKind(cluster, 'admissionregistration.k8s.io', kind))
      .filter((object) => !cluster.context.has(object))
      .flatMap((object) => webhooksOf(object, byName));
  });
  return {
    get dns() {
      return dns();
    },
    get nodeLocalDns() {
      return nodeLocal();
    },
    get ingressControllers() {
      return controllers();
    },
    controllersOf: (ingress) => {
      const wanted = classOf(ingress);
      const named = products.filter(({ name }) => wanted.includes(name)).map(({ name }) => name);
      return controllers().filter((pod) => named.length === 0 || named.includes(productOf(pod) ?? ''));
    },
    get webhooks() {
      return webhooks();
    },
    targetsOf: (service, port) =>
      (port === undefined ? service.ports : [port]).flatMap((each) => targetsOf(service, each)),
  };

  function classOf(ingress: ManifestObject): string {
    const { metadata, spec } = asWritten(ingress);
    const written =
      record(spec).ingressClassName ?? record(record(metadata).annotations)['kubernetes.io/ingress.class'];
    if (typeof written !== 'string') return '';
    const found = objectsOfKind(cluster, 'networking.k8s.io', 'IngressClass').find(({ name }) => name === written);
    const controller = found && specAsWritten(found).controller;
    return typeof controller === 'string' ? `${written} ${controller}` : written;
  }
}

function targetsOf(service: NetService, port: NetServicePort): readonly PodPort[] {
  return service.pods.flatMap((pod) => {
    const target = service.target(port, pod);
    return target === undefined ? [] : [{ pod, ...target }];
  });
}

/** Controllers that send requests from pods of their own, by image. */
const products: readonly { readonly name: string; readonly image: RegExp }[] = [
  { name: 'nginx', image: /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller|nginx-ingress)$/ },
  { name: 'traefik', image: /(?:^|\/)traefik$/ },
  { name: 'haproxy', image: /(?:^|\/)(?:haproxytech\/kubernetes-ingress|haproxy-ingress)$/ },
  { name: 'kong', image: /(?:^|\/)kong$/ },
];

function productOf(pod: PodSource): string | undefined {
  const images = imagesOf(pod);
  return products.find(({ image }) => images.some((each) => image.test(each)))?.name;
}

/** The images of a pod's containers without tag and digest. */
export function imagesOf(pod: PodSource): readonly string[] {
  return list(record(pod.pod.spec).containers).flatMap((container) => {
    const { image } = record(container);
    return typeof image === 'string' ? [image.replace(/@.*$/, '').replace(/:[^/]*$/, '')] : [];
  });
}

function nodeLocalDns(pods: readonly PodSource[]): NodeLocalDns | undefined {
  for (const pod of pods) {
    if (!imagesOf(pod).some((image) => image.endsWith('k8s-dns-node-cache'))) continue;
    const args = list(record(pod.pod.spec).containers).flatMap((container) => list(record(container).args));
    const index = args.findIndex((arg) => arg === '-localip' || arg === '--localip');
    const value = index < 0 ? undefined : args[index + 1];
    const [address = ''] = typeof value === 'string' ? value.split(',') : [];
    return { object: pod.owner, address: /^[\d.]+$/.test(address) ? address : '169.254.20.10' };
  }
  return undefined;
}

function webhooksOf(object: ManifestObject, services: ReadonlyMap<string, NetService>): readonly Webhook[] {
  return list(asWritten(object).webhooks).flatMap((value, index): readonly Webhook[] => {
    const { name, clientConfig, failurePolicy } = record(value);
    const reference = record(record(clientConfig).service);
    const service = services.get(JSON.stringify([reference.namespace, reference.name]));
    const port = service?.ports.find((each) => each.port === (reference.port ?? 443));
    if (service === undefined || port === undefined) return [];
    return [
      {
        object,
        path: ['webhooks', index, 'clientConfig', 'service'],
        name: typeof name === 'string' ? name : '',
        service,
        isRequired: failurePolicy !== 'Ignore',
        targets: targetsOf(service, port),
      },
    ];
  });
}
