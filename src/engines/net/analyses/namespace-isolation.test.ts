import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { networkOf } from '../model/network-of.ts';
import { isolationOf } from './namespace-isolation.ts';

const policy = (spec: JsonObject): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec,
});
const web = workload('Deployment', 'web', { namespace: 'shop' });
const api = workload('Deployment', 'api', { namespace: 'shop' });
const job = workload('Job', 'load', { namespace: 'shop', apiVersion: 'batch/v1' });

function isolation(...objects: JsonObject[]) {
  const cluster = clusterOf([...objects, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]);
  const { open, ...found } = isolationOf(cluster, 'shop', networkOf(cluster).pods);
  return { ...found, open: open.map(({ name }) => name) };
}

describe('how far policies govern a namespace', () => {
  it('not at all without a policy', () => {
    expect(isolation(web, api)).toMatchObject({
      isolation: 'none',
      open: ['shop/web (Deployment)', 'shop/api (Deployment)'],
      isDenied: { ingress: false, egress: false },
      isSealed: false,
    });
  });

  it('in part where a policy selects some pods; pods of jobs do not count', () => {
    const one = policy({ podSelector: { matchLabels: { app: 'web' } }, ingress: [] });
    expect(isolation(web, api, job, one)).toMatchObject({ isolation: 'some', open: ['shop/api (Deployment)'] });
  });

  it('wholly where a policy denies by default, pods to come included', () => {
    expect(isolation(web, api, policy({ podSelector: {} }))).toMatchObject({
      isolation: 'all',
      open: [],
      isDenied: { ingress: true, egress: false },
    });
  });

  it('by egress alone, which seals pods and leaves their ingress open', () => {
    const egress = policy({ podSelector: {}, policyTypes: ['Egress'] });
    expect(isolation(web, egress)).toMatchObject({
      isolation: 'some',
      isSealed: true,
      isDenied: { ingress: false, egress: true },
    });
  });

  it('not by a policy that lets everybody in: the default is open all the same', () => {
    const open = policy({ podSelector: {}, ingress: [{}] });
    expect(isolation(web, open)).toMatchObject({ isolation: 'all', isDenied: { ingress: false, egress: false } });
  });
});
