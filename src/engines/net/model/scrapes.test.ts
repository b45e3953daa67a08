import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { scrapesOf } from './scrapes.ts';

const metadata = (name: string, namespace: string, more: JsonObject = {}): JsonObject => ({ name, namespace, ...more });

const pod = (namespace: string, annotations: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata('web', namespace, { labels: { app: 'web' }, annotations }),
  spec: { containers: [{ name: 'main', ports: [{ name: 'metrics', containerPort: 9090 }] }] },
});

const service = (namespace: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('web', namespace, { labels: { team: 'shop' } }),
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
});

const monitor = (kind: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind,
  metadata: metadata('all', 'shop'),
  spec,
});

function scrapes(...objects: JsonObject[]): string[] {
  return scrapesOf(clusterOf([...objects, ...['shop', 'data'].map(service)])).map(
    ({ object, path, pod: { namespace }, port }) => `${object.kind} ${path.join('.')} ${namespace} ${String(port)}`,
  );
}

describe('what Prometheus is asked to fetch', () => {
  const both = [pod('shop'), pod('data')];

  it('by a ServiceMonitor: the port of the pods behind a port of the Services that it selects', () => {
    const spec = { selector: { matchLabels: { team: 'shop' } }, endpoints: [{ port: 'http' }] };
    expect(scrapes(...both, monitor('ServiceMonitor', spec))).toEqual(['ServiceMonitor spec.endpoints.0 shop 8080']);
    const other = { ...spec, selector: { matchLabels: { team: 'data' } } };
    expect(scrapes(...both, monitor('ServiceMonitor', other))).toEqual([]);
    const named = { ...spec, endpoints: [{ targetPort: 'metrics' }, { port: 'none' }] };
    expect(scrapes(...both, monitor('ServiceMonitor', named))).toEqual(['ServiceMonitor spec.endpoints.0 shop 9090']);
  });

  it('by a PodMonitor: a port that the pods name, or its number', () => {
    const spec = (endpoint: JsonObject) =>
      monitor('PodMonitor', { selector: { matchLabels: { app: 'web' } }, podMetricsEndpoints: [endpoint] });
    expect(scrapes(...both, spec({ port: 'metrics' }))).toEqual(['PodMonitor spec.podMetricsEndpoints.0 shop 9090']);
    expect(scrapes(...both, spec({ portNumber: 1 }))).toEqual(['PodMonitor spec.podMetricsEndpoints.0 shop 1']);
    expect(scrapes(...both, spec({ port: 'other' }))).toEqual([]);
  });

  it('in the namespace of the monitor, unless it names others or all', () => {
    const spec = (namespaceSelector: JsonObject) =>
      monitor('PodMonitor', { selector: {}, podMetricsEndpoints: [{ portNumber: 1 }], namespaceSelector });
    const where = (selector: JsonObject) => scrapes(...both, spec(selector)).map((each) => each.split(' ')[2]);
    expect(where({ matchNames: ['data'] })).toEqual(['data']);
    expect(where({ any: true })).toEqual(['shop', 'data']);
    expect(where({ any: false })).toEqual(['shop']);
  });

  it('by annotations of the pod', () => {
    const annotated = (scrape: string, port: string) =>
      scrapes(pod('shop', { 'prometheus.io/scrape': scrape, 'prometheus.io/port': port }));
    expect(annotated('true', '8080')).toEqual(['Pod metadata.annotations.prometheus.io/port shop 8080']);
    expect(annotated('false', '8080')).toEqual([]);
    expect(annotated('true', '0')).toEqual([]);
    expect(annotated('true', 'http')).toEqual([]);
  });
});
