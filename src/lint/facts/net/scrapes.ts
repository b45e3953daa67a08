import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { list, record, textFields } from '../../../model/json.ts';
import { asWritten, specAsWritten } from '../../../model/as-written.ts';
import { namedPort } from '../../../engines/net/model/pod-ports.ts';
import { type LabelSelector, labelSelectorMatches } from '../../../lang/label-selector.ts';
import type { Json, JsonObject, ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { imagesOf } from './images-of.ts';
import { type NetService, targetAt } from '../../../engines/net/model/services.ts';

/** Metrics of a pod that something asks Prometheus to fetch. */
export interface Scrape {
  /** The monitor, or the object whose annotations ask for it. */
  readonly object: ManifestObject;
  readonly path: FieldPath;
  readonly pod: PodSource;
  readonly port: number;
}

/** Who fetches metrics, and from where. */
interface Scraping {
  /** The pods that run Prometheus. */
  readonly scrapers: readonly PodSource[];
  /** Namespaces in which an operator makes such pods of a custom resource. */
  readonly scraperNamespaces: readonly string[];
  readonly scrapes: readonly Scrape[];
}

/** Reads monitors and annotations of a cluster. */
export function scrapesOf(cluster: Cluster, pods: readonly PodSource[], services: readonly NetService[]): Scraping {
  const byNamespace = {
    pods: groupBy(pods, ({ namespace }) => namespace),
    services: groupBy(services, ({ namespace }) => namespace),
  };
  const linted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const custom = (kind: string): readonly ManifestObject[] => objectsOfKind(cluster, 'monitoring.coreos.com', kind);
  return {
    scrapers: pods.filter((pod) => imagesOf(pod).some((image) => /(?:^|\/)prometheus$/.test(image))),
    scraperNamespaces: custom('Prometheus').map((object) => namespaceOf(cluster, object)),
    scrapes: [
      ...custom('ServiceMonitor').filter(linted).flatMap(ofServiceMonitor),
      ...custom('PodMonitor').filter(linted).flatMap(ofPodMonitor),
      ...pods.filter(({ owner }) => linted(owner)).flatMap(ofAnnotations),
    ],
  };

  function ofServiceMonitor(object: ManifestObject): readonly Scrape[] {
    const spec = specAsWritten(object);
    const selector = selectorOf(spec.selector);
    return list(spec.endpoints).flatMap((value, index) => {
      const { port, targetPort } = record(value);
      const path = ['spec', 'endpoints', index];
      return inNamespaces(object, spec, byNamespace.services).flatMap((service) => {
        if (!labelSelectorMatches(selector, labelsOf(service.object))) return [];
        return service.pods.flatMap((pod): readonly Scrape[] => {
          const named = service.ports.find(({ name }) => name === port);
          const number = named === undefined ? portOf(pod, targetPort) : targetAt(pod, named)?.port;
          return number === undefined ? [] : [{ object, path, pod, port: number }];
        });
      });
    });
  }

  function ofPodMonitor(object: ManifestObject): readonly Scrape[] {
    const spec = specAsWritten(object);
    const selector = selectorOf(spec.selector);
    return list(spec.podMetricsEndpoints).flatMap((value, index) => {
      const { port, portNumber, targetPort } = record(value);
      return inNamespaces(object, spec, byNamespace.pods).flatMap((pod): readonly Scrape[] => {
        const number = portOf(pod, port ?? portNumber ?? targetPort);
        if (number === undefined || !labelSelectorMatches(selector, podLabels(pod))) return [];
        return [{ object, path: ['spec', 'podMetricsEndpoints', index], pod, port: number }];
      });
    });
  }

  function inNamespaces<T>(
    object: ManifestObject,
    spec: JsonObject,
    all: ReadonlyMap<string, readonly T[]>,
  ): readonly T[] {
    const { any, matchNames } = record(spec.namespaceSelector);
    if (any === true) return [...all.values()].flat();
    const names = list(matchNames);
    const wanted = names.length === 0 ? [namespaceOf(cluster, object)] : names.map(String);
    return wanted.flatMap((name) => all.get(name) ?? []);
  }
}

/** The custom of most configurations of Prometheus: `prometheus.io/scrape`, with the port beside it. */
function ofAnnotations(pod: PodSource): readonly Scrape[] {
  const annotations = record(record(pod.pod.metadata).annotations);
  const port = Number(annotations['prometheus.io/port']);
  if (annotations['prometheus.io/scrape'] !== 'true' || !Number.isInteger(port) || port < 1) return [];
  const { object, path } = pod.placeOf(['metadata', 'annotations', 'prometheus.io/port']);
  return [{ object, path, pod, port }];
}

function portOf(pod: PodSource, port: Json | undefined): number | undefined {
  return typeof port === 'number' ? port : typeof port === 'string' ? namedPort(pod, port, 'TCP') : undefined;
}

function selectorOf(value: Json | undefined): LabelSelector {
  const { matchLabels, matchExpressions } = record(value);
  return {
    matchLabels: Object.fromEntries(textFields(matchLabels)),
    matchExpressions: list(matchExpressions).map((each) => {
      const { key, operator, values } = record(each);
      return {
        ...(typeof key === 'string' && { key }),
        ...(typeof operator === 'string' && { operator }),
        values: list(values).map(String),
      };
    }),
  };
}

function labelsOf(object: ManifestObject): ReadonlyMap<string, string> {
  return new Map(textFields(record(asWritten(object).metadata).labels));
}

function podLabels({ pod }: PodSource): ReadonlyMap<string, string> {
  return new Map(textFields(record(pod.metadata).labels));
}
