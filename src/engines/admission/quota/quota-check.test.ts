import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { readResourceList } from '../../../lang/resource-list.ts';
import { checkQuotas, type QuotaOutcome } from './quota-check.ts';
import { quotaEvaluator } from './quota-evaluators.ts';
import type { QuotaState } from './quota-state.ts';

const [object] = manifestsOf('quota.yaml', {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota', namespace: 'team' },
});

function quota(name: string, hard: JsonObject, used: JsonObject): QuotaState {
  if (object === undefined) throw new Error('the manifest of a quota was expected');
  return { object, name, hard: readResourceList(hard), used: readResourceList(used), scopes: [] };
}

function check(
  minor: number,
  quotas: readonly QuotaState[],
  requests: JsonObject,
  oldRequests?: JsonObject,
): QuotaOutcome {
  const evaluator = quotaEvaluator('', 'pods', minor);
  if (evaluator === undefined) throw new Error('quota counts pods');
  const pod = (resources: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'team', resourceVersion: '1' },
    spec: { containers: [{ name: 'main', image: 'nginx', resources: { requests: resources } }] },
    status: {},
  });
  const request = { object: pod(requests), evaluator, minor };
  return checkQuotas(quotas, oldRequests === undefined ? request : { ...request, oldObject: pod(oldRequests) });
}

const detail = (outcome: QuotaOutcome): string => ('refusal' in outcome ? outcome.refusal.detail : '');

describe('checkQuotas', () => {
  it('takes what fits exactly', () => {
    const outcome = check(24, [quota('q', { pods: '2', 'requests.cpu': '1' }, { pods: '1', 'requests.cpu': '500m' })], {
      cpu: '500m',
    });
    expect('quotas' in outcome && [...(outcome.quotas[0]?.used.keys() ?? [])]).toEqual(['pods', 'requests.cpu']);
    expect(detail(outcome)).toBe('');
  });

  it('minds a quota that is overdrawn where a pod asks for none of it, up to 1.20', () => {
    const overdrawn = [quota('q', { pods: '9', 'requests.cpu': '1' }, { pods: '1', 'requests.cpu': '2' })];
    expect(detail(check(20, overdrawn, { cpu: '0' }))).toBe(
      'exceeded quota: q, requested: requests.cpu=0, used: requests.cpu=2, limited: requests.cpu=1',
    );
    expect(detail(check(21, overdrawn, { cpu: '0' }))).toBe('');
  });

  it('names the first quota that refuses, and nothing is charged to the others', () => {
    const quotas = [quota('a', { pods: '9' }, { pods: '1' }), quota('b', { pods: '1' }, { pods: '1' })];
    const outcome = check(24, quotas, {});
    expect(detail(outcome)).toBe('exceeded quota: b, requested: pods=1, used: pods=1, limited: pods=1');
    expect('refusal' in outcome && outcome.refusal.quota?.name).toBe('b');
  });

  it('charges an update for what it takes more', () => {
    const full = [quota('q', { 'requests.cpu': '2' }, { 'requests.cpu': '2' })];
    expect(detail(check(24, full, { cpu: '1' }, { cpu: '1' }))).toBe('');
    expect(detail(check(24, full, { cpu: '2' }, { cpu: '1' }))).toBe(
      'exceeded quota: q, requested: requests.cpu=1, used: requests.cpu=2, limited: requests.cpu=2',
    );
  });

  it('waits for a quota whose status does not tell of all it limits', () => {
    expect(detail(check(24, [quota('q', { pods: '9', 'requests.cpu': '1' }, { pods: '0' })], { cpu: '1' }))).toBe(
      'status unknown for quota: q, resources: pods,requests.cpu',
    );
  });
});
