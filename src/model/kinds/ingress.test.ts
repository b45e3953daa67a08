import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../object.ts';
import { readIngress } from './ingress.ts';
import { readServiceWebhooks } from './webhook.ts';

const backends = (spec: JsonObject) =>
  readIngress({ spec }).backends.map(({ namePath, portPath, service, port }) =>
    [namePath.join('.'), portPath.join('.'), service, port ?? 'all'].join(' '),
  );

describe('the backends of an Ingress', () => {
  it('are the default one and those of the paths, in the new form', () => {
    const backend = (name: string, port: JsonObject) => ({ service: { name, port } });
    const paths = [{ backend: backend('web', { name: 'http' }) }, { backend: { resource: { name: 'bucket' } } }];
    expect(backends({ defaultBackend: backend('front', { number: 80 }), rules: [{ http: { paths } }] })).toEqual([
      'spec.defaultBackend.service.name spec.defaultBackend.service.port front 80',
      'spec.rules.0.http.paths.0.backend.service.name spec.rules.0.http.paths.0.backend.service.port web http',
    ]);
  });

  it('are read in the old form too, which takes a number as text', () => {
    expect(backends({ backend: { serviceName: 'front', servicePort: '80' } })).toEqual([
      'spec.backend.serviceName spec.backend.servicePort front 80',
    ]);
    expect(readIngress({ spec: { backend: { serviceName: 'front', servicePort: '80' } } }).backends[0]?.port).toBe(80);
  });
});

describe('an Ingress', () => {
  it('has its class by the field, or else by the annotation', () => {
    const metadata = { annotations: { 'kubernetes.io/ingress.class': 'old' } };
    expect(readIngress({ metadata, spec: { ingressClassName: 'new' } }).className).toBe('new');
    expect(readIngress({ metadata, spec: {} }).className).toBe('old');
    expect(readIngress({}).className).toBe('');
  });

  it('has certificates for the hosts that it lists, or for all', () => {
    expect(readIngress({ spec: { tls: [{ hosts: ['a', 'b'] }, { secretName: 'x' }] } }).tls).toEqual(['a', 'b', '']);
    expect(readIngress({ spec: { tls: [] } }).tls).toBeUndefined();
  });
});

describe('the webhooks of a configuration', () => {
  it('are those that name a Service, at port 443 unless told, and required unless failures are ignored', () => {
    const service = { namespace: 'shop', name: 'web' };
    const webhooks = [
      { name: 'a', clientConfig: { service } },
      { name: 'b', clientConfig: { service: { ...service, port: 8443 } }, failurePolicy: 'Ignore' },
      { name: 'c', clientConfig: { url: 'https://web' } },
    ];
    expect(readServiceWebhooks({ webhooks })).toMatchObject([
      { name: 'a', path: ['webhooks', 0, 'clientConfig', 'service'], port: 443, isRequired: true },
      { name: 'b', port: 8443, isRequired: false },
    ]);
  });
});
