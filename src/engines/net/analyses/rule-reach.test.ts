import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoGlobal, calicoPolicy, packet, pod } from '../laws/network.fixture.ts';
import type { Rule } from '../form/normal-form.ts';
import { ruleFates } from './rule-reach.ts';

const values = ['x', 'y'];
const pods = ['a', 'b'].flatMap((name, i) =>
  values.map((value, j) => pod(name, `${name}-${value}`, `10.0.${String(i)}.${String(j + 1)}`, { app: value })),
);
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.1.1', '10.0.1.2', '192.0.2.1', '198.51.100.7'];
const peer = fc.record(
  {
    selector: fc.constantFrom('all()', "app == 'x'", "app in {'y', 'z'}"),
    notSelector: fc.constantFrom("app == 'x'", 'has(other)'),
    namespaceSelector: fc.constantFrom('all()', 'global()', "projectcalico.org/name == 'a'"),
    nets: fc.constantFrom(['10.0.0.0/24'], ['192.0.2.0/24', '10.0.1.2/32'], ['0.0.0.0/0']),
    ports: fc.constantFrom<(number | string)[]>([80], ['80:90'], ['http'], [80, 'http']),
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  {
    action: fc.constantFrom('Allow', 'Deny', 'Pass', 'Log'),
    protocol: fc.constantFrom('TCP', 'UDP'),
    source: peer,
    destination: peer,
  },
  { requiredKeys: ['action', 'protocol'] },
);
const policy = fc.record(
  {
    namespace: fc.constantFrom('', 'a', 'b'),
    tier: fc.constantFrom('default', 'first'),
    order: fc.integer({ min: 0, max: 3 }),
    selector: fc.constantFrom('all()', "app == 'x'", "app != 'x'"),
    ingress: fc.array(rule, { maxLength: 4 }),
    egress: fc.array(rule, { maxLength: 4 }),
    types: fc.constantFrom(['Ingress', 'Egress'], ['Ingress']),
  },
  { requiredKeys: ['namespace', 'tier', 'selector', 'ingress', 'egress', 'types'] },
);
const tier = calicoGlobal('Tier', 'first', { order: 100 });

function objects(drawn: readonly (typeof policy extends fc.Arbitrary<infer T> ? T : never)[]): JsonObject[] {
  return drawn.map(({ namespace, ...spec }, index) => {
    const name = `${spec.tier}.p-${String(index)}`;
    const plain = JSON.parse(JSON.stringify(spec)) as JsonObject;
    return namespace === '' ? calicoGlobal('GlobalNetworkPolicy', name, plain) : calicoPolicy(namespace, name, plain);
  });
}

describe('ruleFates', () => {
  it('calls no rule unreachable that a drawn packet reaches, pod by pod', () => {
    let dark = 0;
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 4 }), (drawn) => {
        const { network } = build([...pods, tier, ...objects(drawn)]);
        const fates = ruleFates(network, () => true).value;
        const reached = new Map<Rule, Set<string>>();
        for (const source of addresses) {
          for (const destination of addresses) {
            for (const [port, protocol] of [
              [80, 6],
              [85, 6],
              [8080, 6],
              [443, 6],
              [80, 17],
              [0, 132],
            ] as const) {
              const flow = evaluateFlow(network, packet(network, source, destination, port, protocol));
              for (const direction of ['egress', 'ingress'] as const) {
                const side = flow[direction];
                for (const step of side?.verdict.steps ?? []) {
                  const seen = step.kind === 'rule' ? step.policy.rules[direction][step.index] : undefined;
                  if (seen === undefined || side === undefined) continue;
                  reached.set(seen, (reached.get(seen) ?? new Set()).add(side.endpoint.object.name));
                }
              }
            }
          }
        }
        for (const [seen, endpoints] of reached) {
          const fate = fates.get(seen);
          expect(fate?.isReached).toBe(true);
          for (const eclipse of fate?.eclipses ?? []) {
            for (const { object } of eclipse.endpoints) expect([...endpoints]).not.toContain(object.name);
          }
        }
        for (const fate of fates.values()) {
          if (!fate.isReached) dark++;
          for (const { by } of fate.eclipses) expect(by).not.toEqual([]);
          if (!fate.isReached) expect(fate.eclipses).not.toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
    expect(dark).toBeGreaterThan(5);
  });

  it('finds a rule that two others take all packets from, and names both', () => {
    const spec = {
      order: 1,
      selector: 'all()',
      types: ['Ingress'],
      ingress: [
        { action: 'Allow', protocol: 'TCP', destination: { ports: ['1:100'] } },
        { action: 'Deny', protocol: 'TCP', destination: { ports: ['90:65535'] } },
        { action: 'Deny', protocol: 'TCP', destination: { ports: ['50:200'] } },
        { action: 'Deny', protocol: 'UDP' },
      ],
    };
    const { network } = build([...pods, calicoPolicy('a', 'p', spec)]);
    const fates = [...ruleFates(network, () => true).value.values()];
    expect(fates.map(({ isReached }) => isReached)).toEqual([true, true, false, true]);
    expect(fates[2]?.eclipses.map(({ by }) => by.map((each) => each.action))).toEqual([['allow', 'deny']]);
  });

  it('gives up in time on a policy of very many rules', () => {
    const nets = (index: number): string => `10.${String(index >> 8)}.${String(index & 255)}.0/24`;
    const ingress = Array.from({ length: 1000 }, (_, index) => ({
      action: 'Allow',
      protocol: 'TCP',
      source: { nets: [nets(index)] },
    }));
    const { network } = build([...pods, calicoPolicy('a', 'p', { order: 1, selector: 'all()', ingress })]);
    const fates = [...ruleFates(network, () => true).value.values()];
    expect(fates.filter(({ isReached }) => isReached).length).toBe(1000);
  });
});
