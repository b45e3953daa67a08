import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { list, record, text } from '../../../model/json.ts';
import { asWritten, specAsWritten } from '../../../model/as-written.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { type NetService, type PodPort, type Services, servicesOf } from '../../../engines/net/model/services.ts';
import { readIngress } from '../../../model/kinds/ingress.ts';
import { readServiceWebhooks } from '../../../model/kinds/webhook.ts';
import { ingressControllers } from '../../knowledge/ingress-controllers.ts';
import { serviceFacts, type ServiceFacts } from './services.ts';
import { type Scrape, scrapesOf } from '../../../engines/net/model/scrapes.ts';
import { prometheusImage } from '../../knowledge/prometheus.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';
import { networkPods } from '../../../engines/net/model/network-of.ts';
import { imagesOf } from './images-of.ts';

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
  /** The pods that run Prometheus. */
  readonly scrapers: readonly PodSource[];
  /** Namespaces in which an operator makes such pods of a custom resource. */
  readonly scraperNamespaces: readonly string[];
  readonly scrapes: readonly Scrape[];
}

/** Answers from the pods and Services of a cluster. */
export function callerFacts(context: FactContext): CallerFacts {
  const { cluster } = context;
  const pods = networkPods(cluster);
  const services = serviceFacts(context);
  const scrapers = once(() => pods.filter((pod) => imagesOf(pod).some((image) => prometheusImage.test(image))));
  const scrapes = once(() => scrapesOf(cluster));
  const dns = once(() =>
    services.all
      .filter(({ namespace }) => ['kube-system', 'openshift-dns'].includes(namespace))
      .flatMap((service) =>
        service.ports.filter(({ port }) => port === 53).flatMap((port) => services.targetsOf(service, port)),
      ),
  );
  const controllers = once(() => pods.flatMap((pod) => (productOf(pod) === undefined ? [] : [pod])));
  const nodeLocal = once(() => nodeLocalDns(pods));
  const webhooks = once(() =>
    ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
      .flatMap((kind) => objectsOfKind(cluster, 'admissionregistration.k8s.io', kind))
      .filter((object) => !cluster.context.has(object))
      .flatMap((object) => webhooksOf(object, services, servicesOf(cluster))),
  );
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
      const named = ingressControllers.filter(({ name }) => wanted.includes(name)).map(({ name }) => name);
      return controllers().filter((pod) => named.length === 0 || named.includes(productOf(pod) ?? ''));
    },
    get webhooks() {
      return webhooks();
    },
    get scrapers() {
      return scrapers();
    },
    get scraperNamespaces() {
      return objectsOfKind(cluster, 'monitoring.coreos.com', 'Prometheus').map((object) =>
        namespaceOf(cluster, object),
      );
    },
    get scrapes() {
      return scrapes();
    },
  };

  function classOf(ingress: ManifestObject): string {
    const { className } = readIngress(asWritten(ingress));
    const found = objectsOfKind(cluster, 'networking.k8s.io', 'IngressClass').find(({ name }) => name === className);
    return found === undefined ? className : `${className} ${text(specAsWritten(found).controller)}`.trimEnd();
  }
}

function productOf(pod: PodSource): string | undefined {
  const images = imagesOf(pod);
  return ingressControllers.find(({ image }) => images.some((each) => image.test(each)))?.name;
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

function webhooksOf(object: ManifestObject, services: ServiceFacts, all: Services): readonly Webhook[] {
  return readServiceWebhooks(asWritten(object)).flatMap(({ path, name, isRequired, ...reference }) => {
    const service = all.named(reference.namespace, reference.service);
    const port = service?.ports.find((each) => each.port === reference.port);
    if (service === undefined || port === undefined) return [];
    return [{ object, path, name, service, isRequired, targets: services.targetsOf(service, port) }];
  });
}
