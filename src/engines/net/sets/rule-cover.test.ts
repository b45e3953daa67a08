import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { build, calicoGlobal, calicoPolicy, pod } from '../laws/network.fixture.ts';
import type { Policy, Rule } from '../form/normal-form.ts';
import { isCoveredAlways } from './rule-cover.ts';
import { ruleFates } from '../analyses/rule-reach.ts';

const labels = ['x', 'y', 'z'].flatMap((app) => [{ app }, { app, role: 'r' }]);
const pods = ['a', 'b'].flatMap((namespace, i) =>
  labels.map((each, j) => pod(namespace, `p${String(j)}`, `10.0.${String(i)}.${String(j + 1)}`, each)),
);
const selector = fc.constantFrom(
  'all()',
  "app == 'x'",
  "app in {'x', 'y'}",
  "app != 'z'",
  'has(role)',
  "app == 'x' && has(role)",
);
const peer = fc.record(
  {
    selector,
    notSelector: fc.constantFrom("app == 'x'", 'has(role)'),
    nets: fc.constantFrom(['10.0.0.0/24'], ['10.0.0.0/16'], ['10.0.0.0/25', '10.0.0.128/25'], ['10.0.1.2/32']),
    notNets: fc.constantFrom(['10.0.0.4/32'], ['10.0.1.0/24']),
    ports: fc.constantFrom<(number | string)[]>([80], ['80:90'], ['http'], [85, 8080]),
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  { action: fc.constantFrom('Allow', 'Deny', 'Pass'), protocol: fc.constantFrom('TCP', 'UDP'), source: peer },
  { requiredKeys: ['action', 'protocol'] },
);
const policy = fc.record({
  namespace: fc.constantFrom('', 'a'),
  selector,
  ingress: fc.array(rule, { minLength: 1, maxLength: 3 }),
});

describe('isCoveredAlways', () => {
  it('says so of no rule that a packet gets to', () => {
    let covered = 0;
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 3 }), (drawn) => {
        const made = drawn.map(({ namespace, ...spec }, order) => {
          const plain = JSON.parse(JSON.stringify({ ...spec, order })) as JsonObject;
          const name = `p-${String(order)}`;
          return namespace === ''
            ? calicoGlobal('GlobalNetworkPolicy', name, plain)
            : calicoPolicy(namespace, name, plain);
        });
        const { network } = build([...pods, ...made]);
        const fates = ruleFates(network, () => true).value;
        const before: { policy: Policy; rule: Rule }[] = [];
        for (const each of network.tiers.flatMap(({ policies }) => policies)) {
          for (const one of each.rules.ingress) {
            if (isCoveredAlways({ policy: each, rule: one }, before)) {
              covered++;
              expect(fates.get(one)?.isReached ?? false).toBe(false);
            }
            before.push({ policy: each, rule: one });
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(covered).toBeGreaterThan(10);
  });
});

describe('a policy for host endpoints', () => {
  const hostPolicy = (name: string, order: number, applyOnForward: boolean, more: JsonObject = {}): JsonObject =>
    calicoGlobal('GlobalNetworkPolicy', name, { order, applyOnForward, ingress: [{ action: 'Allow' }], ...more });
  const isCovered = (...objects: readonly JsonObject[]): boolean => {
    const { network } = build(objects);
    const placed = network.tiers.flatMap(({ policies }) =>
      policies.flatMap((policy) => policy.rules.ingress.map((rule) => ({ policy, rule }))),
    );
    const [last] = placed.slice(-1);
    if (last === undefined) throw new Error('no rule');
    return isCoveredAlways(last, placed.slice(0, -1));
  };

  it('covers one for forwarded packets only if it is for them too', () => {
    expect(isCovered(hostPolicy('first', 1, true), hostPolicy('last', 2, true))).toBe(true);
    expect(isCovered(hostPolicy('first', 1, true), hostPolicy('last', 2, false))).toBe(true);
    expect(isCovered(hostPolicy('first', 1, false), hostPolicy('last', 2, false))).toBe(true);
    expect(isCovered(hostPolicy('first', 1, false), hostPolicy('last', 2, true))).toBe(false);
  });

  it('covers none of another stage, and nothing while it is staged', () => {
    const early = { preDNAT: true, types: ['Ingress'] };
    expect(isCovered(hostPolicy('first', 1, true, early), hostPolicy('last', 2, true))).toBe(false);
    expect(isCovered(hostPolicy('first', 1, true, early), hostPolicy('last', 2, true, early))).toBe(true);
    const staged = { ...hostPolicy('first', 1, true), kind: 'StagedGlobalNetworkPolicy' };
    expect(isCovered(staged, hostPolicy('last', 2, true))).toBe(false);
  });

  it('covers only what it selects', () => {
    const first = hostPolicy('first', 1, true, { selector: "app == 'x'" });
    expect(isCovered(first, hostPolicy('last', 2, true))).toBe(false);
    expect(isCovered(first, hostPolicy('last', 2, true, { selector: "app == 'x' && has(role)" }))).toBe(true);
  });
});
