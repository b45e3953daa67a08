import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { servicesOf } from '../../../engines/net/model/services.ts';
import type { JsonObject } from '../../../model/object.ts';
import { isLimited } from './service-limits.ts';

function limited(spec: JsonObject, annotations: JsonObject = {}): boolean | undefined {
  const metadata = { name: 'web', namespace: 'shop', annotations };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec },
  };
  const found = servicesOf(loadCluster(manifestsOf('all.yaml', service), {})).named('shop', 'web');
  return found && isLimited(found);
}

describe('a load balancer is limited', () => {
  it('by ranges of sources, unless one of them is every address', () => {
    expect(limited({ loadBalancerSourceRanges: ['192.0.2.0/24'] })).toBe(true);
    expect(limited({ loadBalancerSourceRanges: ['0.0.0.0/0'] })).toBe(false);
    expect(limited({ loadBalancerSourceRanges: ['192.0.2.0/24', '0.0.0.0/0'] })).toBe(false);
    expect(limited({ loadBalancerSourceRanges: [] })).toBe(false);
    expect(limited({})).toBe(false);
  });

  it('by an annotation of its cloud with a value that means internal', () => {
    const aws = 'service.beta.kubernetes.io/aws-load-balancer-internal';
    expect(limited({}, { [aws]: '0.0.0.0/0' })).toBe(true);
    expect(limited({}, { [aws]: 'false' })).toBe(false);
    expect(limited({}, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' })).toBe(true);
    expect(limited({}, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' })).toBe(false);
    expect(limited({}, { 'networking.gke.io/load-balancer-type': 'internal' })).toBe(true);
    expect(limited({}, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' })).toBe(false);
  });
});
