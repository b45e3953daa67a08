import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoPolicy, kubernetesPolicy, packet, pod, showStep } from './network.fixture.ts';

const values = ['x', 'y'];
const pods = ['a', 'b'].flatMap((name, i) =>
  values.map((value, j) => pod(name, `${name}-${value}`, `10.0.${String(i)}.${String(j + 1)}`, { app: value })),
);
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.1.1', '10.0.1.2', '192.0.2.1'];

const selector = fc.constantFrom('', 'all()', "app == 'x'", "app != 'x'", "app in {'y'}", '!has(app)');
const peer = fc.record(
  {
    selector: selector.filter((text) => text !== ''),
    notSelector: selector.filter((text) => text !== ''),
    namespaceSelector: fc.constantFrom('all()', 'global()', "projectcalico.org/name == 'a'"),
    nets: fc.constantFrom(['10.0.0.0/24'], ['192.0.2.0/24', '10.0.1.2/32']),
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  { action: fc.constantFrom('Allow', 'Deny', 'Pass', 'Log'), source: peer, destination: peer },
  { requiredKeys: ['action'] },
);
const policies = fc.array(
  fc.record({
    namespace: fc.constantFrom('a', 'b'),
    order: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    selector,
    ingress: fc.array(rule, { maxLength: 3 }),
    egress: fc.array(rule, { maxLength: 3 }),
  }),
  { maxLength: 5 },
);

type Drawn = typeof policies extends fc.Arbitrary<infer T> ? T : never;

function objects(drawn: Drawn): JsonObject[] {
  const made = drawn.map(({ namespace, order, ...spec }, index) =>
    calicoPolicy(namespace, `p-${String(index)}`, JSON.parse(JSON.stringify({ ...spec, order })) as JsonObject),
  );
  return [...pods, ...made];
}

/** Every flow between the addresses with the steps that decided it. */
function matrix(all: readonly JsonObject[]): string[] {
  const { network } = build(all);
  return addresses.flatMap((source) =>
    addresses.map((destination) => {
      const verdict = evaluateFlow(network, packet(network, source, destination));
      const steps = [...(verdict.egress?.verdict.steps ?? []), ...(verdict.ingress?.verdict.steps ?? [])];
      return [source, destination, verdict.decision, ...steps.map(showStep)].join(' ');
    }),
  );
}

describe('laws of policy', () => {
  it('the order of the objects never matters', () => {
    fc.assert(
      fc.property(
        policies.chain((drawn) => {
          const made = objects(drawn);
          return fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }));
        }),
        ([made, shuffled]) => {
          expect(matrix(shuffled)).toEqual(matrix(made));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('one more allowing rule in an allow-only policy never closes a flow', () => {
    const allow = fc.record({
      from: fc.array(
        fc.constantFrom<JsonObject>(
          { podSelector: {} },
          { namespaceSelector: {} },
          { podSelector: { matchLabels: { app: 'x' } } },
          { ipBlock: { cidr: '192.0.2.0/24' } },
        ),
        { minLength: 1, maxLength: 2 },
      ),
    });
    const isAllowed = (line: string): boolean => line.split(' ')[2] === 'allow';
    fc.assert(
      fc.property(policies, fc.array(allow, { maxLength: 2 }), allow, (drawn, before, added) => {
        const others = objects(drawn);
        const policy = (ingress: JsonObject[]): JsonObject =>
          kubernetesPolicy('a', 'k', { podSelector: {}, policyTypes: ['Ingress'], ingress });
        const without = matrix([...others, policy(before)]).map(isAllowed);
        const with_ = matrix([...others, policy([...before, added])]).map(isAllowed);
        for (const [index, allowed] of without.entries()) if (allowed) expect(with_[index]).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
