import { describe, expect, it } from 'vitest';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../model/object.ts';
import { quotaTally } from './quota-tally.ts';

const metadata = { name: 'web', namespace: 'team' };
const labels = { app: 'web' };

/** What a quota admits of a Deployment whose pods request 500m of a CPU each. */
function fitsOf(hard: JsonObject, ...replicas: readonly number[]) {
  const containers = [{ name: 'main', image: 'nginx', resources: { requests: { cpu: '500m' } } }];
  const objects = replicas.map((count, index) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, name: `web-${String(index)}` },
    spec: {
      replicas: count,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  }));
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } };
  const cluster = loadCluster(manifestsOf('a.yaml', quota, ...objects), { settings: { kubernetesVersion: '1.24' } });
  return quotaTally(cluster, 'team').map(({ alone, admitted, rejection }) => ({
    alone,
    admitted,
    detail: rejection?.message.replace(/.*exceeded quota: web, /, ''),
  }));
}

describe('quotaTally', () => {
  it.each([
    [1, { pods: '1' }, 1, undefined],
    [2, { pods: '1' }, 1, 'requested: pods=1, used: pods=1, limited: pods=1'],
    [3, { pods: '0' }, 0, 'requested: pods=1, used: pods=0, limited: pods=0'],
    [
      9,
      { pods: '100', 'requests.cpu': '4200m' },
      8,
      'requested: requests.cpu=500m, used: requests.cpu=4, limited: requests.cpu=4200m',
    ],
    [8, { pods: '100', 'requests.cpu': '4' }, 8, undefined],
    [7000, { pods: '6000' }, 6000, 'requested: pods=1, used: pods=6k, limited: pods=6k'],
    [
      2_000_000_000,
      { 'requests.cpu': '1M' },
      2_000_000,
      'requested: requests.cpu=500m, used: requests.cpu=1M, limited: requests.cpu=1M',
    ],
  ])('admits of %i replicas with %o: %i', (replicas, hard, admitted, detail) => {
    expect(fitsOf(hard, replicas)).toEqual([{ alone: admitted, admitted, detail }]);
  });

  it('counts what comes before a workload in the tree', () => {
    expect(fitsOf({ pods: '10' }, 4, 7)).toEqual([
      { alone: 4, admitted: 4, detail: undefined },
      { alone: 7, admitted: 6, detail: 'requested: pods=1, used: pods=10, limited: pods=10' },
    ]);
  });
});
