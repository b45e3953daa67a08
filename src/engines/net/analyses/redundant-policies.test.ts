import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { writtenPolicies } from '../model/written-policies.ts';
import { coveredPolicies, coveredRules, duplicatePolicies } from './redundant-policies.ts';

const policy = (name: string, spec: JsonObject, namespace = 'shop'): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
});

const written = (...policies: JsonObject[]) => writtenPolicies(clusterOf(policies));
const pairs = (found: ReturnType<typeof coveredPolicies>): string[] =>
  found.map((each) => `${each.policy.object.name} by ${each.by.object.name}`);

const web = { podSelector: { matchLabels: { app: 'web' } } };
const from = (...peers: JsonObject[]): JsonObject => ({ from: peers });
const all = { podSelector: {} };

describe('policies that say the same', () => {
  const one = policy('a', { ...web, ingress: [from(all)] });

  it('are those of one namespace, whatever the order of their keys', () => {
    const same = policy('b', { ingress: [from(all)], ...web });
    expect(pairs(duplicatePolicies(written(one, same)))).toEqual(['b by a']);
    expect(duplicatePolicies(written(one, policy('b', { ...web, ingress: [from(all)] }, 'other')))).toEqual([]);
    expect(duplicatePolicies(written(one, policy('b', { ...web, ingress: [] })))).toEqual([]);
  });
});

describe('a policy that another one covers', () => {
  const wide = policy('wide', { podSelector: {}, ingress: [{ ports: [{ port: 80, endPort: 90 }] }] });

  it('allows only what that one allows, to some of its pods', () => {
    const narrow = policy('narrow', { ...web, ingress: [{ ...from(all), ports: [{ port: 85 }] }] });
    expect(pairs(coveredPolicies(written(wide, narrow)))).toEqual(['narrow by wide']);
  });

  it.each([
    ['another port', { ...web, ingress: [{ ports: [{ port: 91 }] }] }],
    ['a port before the range', { ...web, ingress: [{ ports: [{ port: 79 }] }] }],
    ['another protocol', { ...web, ingress: [{ ports: [{ port: 85, protocol: 'UDP' }] }] }],
    ['every port', { ...web, ingress: [from(all)] }],
    [
      'a direction that the other one leaves open',
      { ...web, egress: [{ ports: [{ port: 85 }] }], policyTypes: ['Egress'] },
    ],
    ['nothing: it denies by default, and says so', { ...web, ingress: [] }],
  ])('does not allow %s', (_, spec) => {
    expect(coveredPolicies(written(wide, policy('narrow', spec)))).toEqual([]);
  });

  it('is not one for more pods', () => {
    const few = policy('few', { ...web, ingress: [{ ports: [{ port: 80 }] }] });
    const many = policy('many', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] });
    expect(pairs(coveredPolicies(written(few, many)))).toEqual(['few by many']);
  });
});

describe('a rule that another one of its policy covers', () => {
  const covered = (...ingress: JsonObject[]): string[] => {
    const [found] = written(policy('a', { ...web, ingress }));
    return found === undefined
      ? []
      : coveredRules(found).map(({ rule, by }) => `${rule.path.join('.')} by ${by.path.join('.')}`);
  };

  it('is the later one of two that are equal', () => {
    expect(covered(from(all), from(all))).toEqual(['spec.ingress.1 by spec.ingress.0']);
  });

  it('is the narrower one, before or after', () => {
    const wide = { ...from(all, web) };
    expect(covered(from(all), wide)).toEqual(['spec.ingress.0 by spec.ingress.1']);
    expect(covered(from(web, all), { from: [web], ports: [{ port: 80 }] })).toEqual([
      'spec.ingress.1 by spec.ingress.0',
    ]);
    expect(covered(from(web), from(all))).toEqual([]);
  });
});
