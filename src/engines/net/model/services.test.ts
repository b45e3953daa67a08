import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { connectionTargets, serviceTargets } from './service-targets.ts';
import { servicesOf } from './services.ts';

const service = (spec: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ports: [{ port: 80 }], ...spec },
});

const web = (ports: JsonObject[]): JsonObject => ({
  ...workload('Deployment', 'web', { namespace: 'shop' }),
  spec: { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', ports }] } } },
});

function theService(spec: JsonObject, ...others: JsonObject[]) {
  const found = servicesOf(clusterOf([service(spec), ...others])).named('shop', 'web');
  if (found === undefined) throw new Error('no Service');
  return found;
}

const shown = (targets: readonly { readonly protocol: number; readonly port: number }[]): string[] =>
  targets.map(({ protocol, port }) => `${String(protocol)} ${String(port)}`);

describe('the pods behind a Service', () => {
  it('are those of its namespace that its selector matches; without a selector none', () => {
    const elsewhere = workload('Deployment', 'web', { namespace: 'other' });
    const { pods } = theService({ selector: { app: 'web' } }, web([]), elsewhere);
    expect(pods.map(({ namespace }) => namespace)).toEqual(['shop']);
    expect(theService({ selector: { app: 'web', tier: 'front' } }, web([])).pods).toEqual([]);
    expect(theService({ selector: {} }, web([])).pods).toEqual([]);
    expect(theService({}, web([])).pods).toEqual([]);
  });

  it('serve at its target port: the port itself where none is given', () => {
    const ports = (port: JsonObject) =>
      shown(serviceTargets(theService({ selector: { app: 'web' }, ports: [port] }, web([]))));
    expect(ports({ port: 80, targetPort: 8080 })).toEqual(['6 8080']);
    expect(ports({ port: 80 })).toEqual(['6 80']);
    expect(ports({ port: 80, targetPort: 0 })).toEqual(['6 80']);
    expect(ports({ port: 80, targetPort: '' })).toEqual(['6 80']);
    expect(ports({ port: 53, protocol: 'UDP' })).toEqual(['17 53']);
  });

  it('serve at a port of the same protocol that they name themselves', () => {
    const declared = [
      { name: 'http', containerPort: 53, protocol: 'UDP' },
      { name: 'http', containerPort: 8080 },
    ];
    const spec = { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] };
    expect(shown(serviceTargets(theService(spec, web(declared))))).toEqual(['6 8080']);
    expect(shown(serviceTargets(theService(spec, web([]))))).toEqual([]);
  });

  it('are asked for by the number or name of one port', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'metrics', port: 90, targetPort: 9090 },
    ];
    const both = theService({ selector: { app: 'web' }, ports }, web([]));
    expect(shown(serviceTargets(both))).toEqual(['6 8080', '6 9090']);
    expect(shown(serviceTargets(both, 'metrics'))).toEqual(['6 9090']);
    expect(shown(serviceTargets(both, 80))).toEqual(['6 8080']);
    expect(shown(serviceTargets(both, 8080))).toEqual([]);
  });
});

describe('a connection to a headless Service', () => {
  const ports = [{ name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' }];
  const headless = theService({ clusterIP: 'None', selector: { app: 'web' }, ports }, web([]));

  it('goes to the number that is asked, because nothing rewrites it', () => {
    expect(shown(connectionTargets(headless, { port: 53 }))).toEqual(['17 53']);
    expect(shown(connectionTargets(headless, { port: 9999 }))).toEqual(['6 9999']);
  });

  it('is unlike one to any other Service, which is rewritten to the target port', () => {
    const plain = theService({ selector: { app: 'web' }, ports }, web([]));
    expect(shown(connectionTargets(plain, { port: 53 }))).toEqual(['17 5353']);
    expect(shown(connectionTargets(plain, { port: 9999 }))).toEqual([]);
  });

  it('goes to the port of the endpoints where a name is asked', () => {
    expect(shown(connectionTargets(headless, { port: 'dns' }))).toEqual(['17 5353']);
  });
});
