import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { labelSelectorMatches } from '../../../lang/label-selector.ts';
import { asWritten } from '../../../model/as-written.ts';
import { record, textFields } from '../../../model/json.ts';
import { readPodMonitor, readServiceMonitor } from '../../../model/kinds/monitor.ts';
import type { MonitorView } from '../../../model/kinds/monitor.ts';
import { labelsOf } from '../../../model/kinds/service.ts';
import type { JsonObject, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { networkPods } from './network-of.ts';
import { namedPort } from './pod-ports.ts';
import { type NetService, servicesOf, targetAt } from './services.ts';

/** Metrics of a pod that something asks Prometheus to fetch. */
export interface Scrape {
  /** The monitor, or the object whose annotations ask for it. */
  readonly object: ManifestObject;
  readonly path: FieldPath;
  readonly pod: PodSource;
  readonly port: number;
}

/** What monitors and annotations of linted manifests ask Prometheus to fetch. */
export function scrapesOf(cluster: Cluster): readonly Scrape[] {
  const pods = networkPods(cluster);
  const byNamespace = groupBy(pods, ({ namespace }) => namespace);
  const services = groupBy(servicesOf(cluster).all, ({ namespace }) => namespace);
  const linted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const monitors = (kind: string): readonly ManifestObject[] =>
    objectsOfKind(cluster, 'monitoring.coreos.com', kind).filter(linted);
  return [
    ...monitors('ServiceMonitor').flatMap((object) => ofServices(object, namespaceOf(cluster, object), services)),
    ...monitors('PodMonitor').flatMap((object) => ofPods(object, namespaceOf(cluster, object), byNamespace)),
    ...pods.filter(({ owner }) => linted(owner)).flatMap(ofAnnotations),
  ];
}

type ByNamespace<T> = ReadonlyMap<string, readonly T[]>;

function ofServices(object: ManifestObject, own: string, all: ByNamespace<NetService>): readonly Scrape[] {
  const monitor = readServiceMonitor(asWritten(object));
  const services = inScope(monitor, own, all).filter((each) => isMeant(monitor, asWritten(each.object)));
  return monitor.endpoints.flatMap(({ path, servicePort, podPort }) =>
    services.flatMap((service) => {
      const port = service.ports.find(({ name }) => name === servicePort);
      return service.pods.flatMap((pod): readonly Scrape[] => {
        const number = port === undefined ? portOf(pod, podPort) : targetAt(pod, port)?.port;
        return number === undefined ? [] : [{ object, path, pod, port: number }];
      });
    }),
  );
}

function ofPods(object: ManifestObject, own: string, all: ByNamespace<PodSource>): readonly Scrape[] {
  const monitor = readPodMonitor(asWritten(object));
  const pods = inScope(monitor, own, all).filter(({ pod }) => isMeant(monitor, pod));
  return monitor.endpoints.flatMap(({ path, podPort }) =>
    pods.flatMap((pod): readonly Scrape[] => {
      const number = portOf(pod, podPort);
      return number === undefined ? [] : [{ object, path, pod, port: number }];
    }),
  );
}

function inScope<T>({ namespaces }: MonitorView<unknown>, own: string, all: ByNamespace<T>): readonly T[] {
  if (namespaces === 'any') return [...all.values()].flat();
  return (namespaces.length === 0 ? [own] : namespaces).flatMap((name) => all.get(name) ?? []);
}

function isMeant({ selector }: MonitorView<unknown>, object: JsonObject): boolean {
  return labelSelectorMatches(selector, new Map(textFields(labelsOf(object))));
}

/** The custom of most configurations of Prometheus: `prometheus.io/scrape`, with the port beside it. */
function ofAnnotations(pod: PodSource): readonly Scrape[] {
  const annotations = record(record(pod.pod.metadata).annotations);
  const port = Number(annotations['prometheus.io/port']);
  if (annotations['prometheus.io/scrape'] !== 'true' || !Number.isInteger(port) || port < 1) return [];
  const { object, path } = pod.placeOf(['metadata', 'annotations', 'prometheus.io/port']);
  return [{ object, path, pod, port }];
}

function portOf(pod: PodSource, port: number | string | undefined): number | undefined {
  return typeof port === 'string' ? namedPort(pod, port, 'TCP') : port;
}
