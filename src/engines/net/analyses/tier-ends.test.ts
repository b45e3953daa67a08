import { describe, expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import type { JsonObject } from '../../../model/object.ts';
import { clusterOf } from '../laws/analysis.fixture.ts';
import { networkOf } from '../model/network-of.ts';
import { tierEnds } from './tier-ends.ts';

const tier = (name: string, order: number, defaultAction = 'Deny'): JsonObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'Tier',
  metadata: { name },
  spec: { order, defaultAction },
});
const policy = (name: string, of: string, rule: JsonObject): JsonObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: of === 'default' ? name : `${of}.${name}` },
  spec: { tier: of, selector: 'all()', types: ['Ingress'], ingress: [rule] },
});
const web = workload('Deployment', 'web', { namespace: 'shop' });
const allow80 = { action: 'Allow', protocol: 'TCP', destination: { ports: [80] } };

function ends(...objects: JsonObject[]) {
  return tierEnds(networkOf(clusterOf([web, ...objects])).network);
}
const shown = (...objects: JsonObject[]): string[] =>
  ends(...objects).tierEnds.map(({ kind, tier: { name }, later }) =>
    [kind, name, ...later.map((each) => each.name)].join(' '),
  );

describe('the end of a tier', () => {
  it('drops what policies of later tiers are there to decide', () => {
    const later = policy('late', 'default', allow80);
    expect(shown(tier('first', 1), policy('a', 'first', allow80), later)).toEqual([
      expect.stringMatching(/^drops first .*late$/),
    ]);
    expect(shown(tier('first', 1), policy('a', 'first', { action: 'Pass' }), later)).toEqual([]);
    expect(shown(tier('first', 1, 'Pass'), policy('a', 'first', allow80), later)).toEqual([]);
  });

  it('drops it too where only some of its policies are known to select the pods', () => {
    const later = policy('late', 'default', allow80);
    const perhaps = (name: string): JsonObject => ({
      ...policy(name, 'first', allow80),
      spec: {
        tier: 'first',
        selector: 'all()',
        namespaceSelector: "env == 'prod'",
        types: ['Ingress'],
        ingress: [allow80],
      },
    });
    expect(shown(tier('first', 1), perhaps('b'), later)).toEqual([]);
    expect(shown(tier('first', 1), policy('a', 'first', allow80), perhaps('b'), later)).toEqual([
      expect.stringMatching(/^drops first .*late$/),
    ]);
  });

  it('passes into nothing where no tier with policies comes after it', () => {
    expect(shown(tier('first', 1, 'Pass'), policy('a', 'first', allow80))).toEqual(['passes first']);
    expect(shown(tier('first', 1), policy('a', 'first', allow80))).toEqual([]);
  });
});
