import type { LabelSelector } from '../../lang/label-selector.ts';
import type { FieldPath } from '../../text/tree.ts';
import { items, list, record, records, textFields } from '../json.ts';
import type { Json, JsonObject } from '../object.ts';

/*
 * ServiceMonitors and PodMonitors of the operator of Prometheus (monitoring.coreos.com/v1).
 */

/** What a monitor asks Prometheus to fetch. */
export interface MonitorView<Endpoint> {
  /** Over Services, or over pods. */
  readonly selector: LabelSelector;
  /** The namespaces in which it looks; none is its own. */
  readonly namespaces: 'any' | readonly string[];
  readonly endpoints: readonly (Endpoint & { readonly path: FieldPath })[];
}

/** By the name of a port of the Service, or by a port of the pods. */
export interface ServiceEndpoint {
  readonly servicePort?: string;
  readonly podPort?: number | string;
}

export interface PodEndpoint {
  readonly podPort?: number | string;
}

/** Reads a ServiceMonitor as it is written. */
export function readServiceMonitor(monitor: JsonObject): MonitorView<ServiceEndpoint> {
  const { endpoints, ...spec } = record(monitor.spec);
  return {
    ...readScope(spec),
    endpoints: items(endpoints).map(([index, { port, targetPort }]) => ({
      path: ['spec', 'endpoints', index],
      ...(typeof port === 'string' ? { servicePort: port } : {}),
      ...podPort(targetPort),
    })),
  };
}

/** Reads a PodMonitor as it is written. */
export function readPodMonitor(monitor: JsonObject): MonitorView<PodEndpoint> {
  const { podMetricsEndpoints, ...spec } = record(monitor.spec);
  return {
    ...readScope(spec),
    endpoints: items(podMetricsEndpoints).map(([index, { port, portNumber, targetPort }]) => ({
      path: ['spec', 'podMetricsEndpoints', index],
      ...podPort(port ?? portNumber ?? targetPort),
    })),
  };
}

function podPort(port: Json | undefined): PodEndpoint {
  return typeof port === 'number' || typeof port === 'string' ? { podPort: port } : {};
}

function readScope({ selector, namespaceSelector }: JsonObject): Omit<MonitorView<unknown>, 'endpoints'> {
  const { any, matchNames } = record(namespaceSelector);
  const { matchLabels, matchExpressions } = record(selector);
  return {
    namespaces: any === true ? 'any' : list(matchNames).map(String),
    selector: {
      matchLabels: Object.fromEntries(textFields(matchLabels)),
      matchExpressions: records(matchExpressions).map(({ key, operator, values }) => ({
        ...(typeof key === 'string' && { key }),
        ...(typeof operator === 'string' && { operator }),
        values: list(values).map(String),
      })),
    },
  };
}
