import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { nameOrder } from './name-order.ts';
import { build, calicoGlobal, calicoPolicy, pod } from '../laws/network.fixture.ts';
import type { Packet } from '../form/packet.ts';
import { packetEnd } from '../packet/packet-end.ts';

const pods = ['a', 'b'].flatMap((name, i) =>
  ['x', 'y'].map((value, j) => pod(name, `${name}-${value}`, `10.0.${String(i)}.${String(j + 1)}`, { app: value })),
);
const peer = fc.record(
  {
    selector: fc.constantFrom('all()', "app == 'x'", "app in {'y', 'z'}"),
    nets: fc.constantFrom(['10.0.0.0/24'], ['0.0.0.0/0']),
    ports: fc.constantFrom<(number | string)[]>([80], ['80:90'], ['http']),
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  {
    action: fc.constantFrom('Allow', 'Deny', 'Pass', 'Log'),
    protocol: fc.constant('TCP'),
    source: peer,
    destination: peer,
  },
  { requiredKeys: ['action', 'protocol'] },
);
const policy = fc.record(
  {
    namespace: fc.constantFrom('', 'a', 'a'),
    order: fc.constantFrom(0, 0, 0, 1),
    selector: fc.constantFrom('all()', "app == 'x'"),
    ingress: fc.array(rule, { maxLength: 3 }),
    egress: fc.array(rule, { maxLength: 3 }),
  },
  { requiredKeys: ['namespace', 'selector', 'ingress', 'egress'] },
);
type Drawn = typeof policy extends fc.Arbitrary<infer T> ? T : never;

/** The policies under names by number, one of them perhaps under another. */
function objects(drawn: readonly Drawn[], rename?: { readonly from: string; readonly to: string }): JsonObject[] {
  return drawn.map(({ namespace, ...spec }, index) => {
    const own = `p-${String(index)}`;
    const name = rename?.from === own ? rename.to : own;
    const plain = JSON.parse(JSON.stringify(spec)) as JsonObject;
    return namespace === '' ? calicoGlobal('GlobalNetworkPolicy', name, plain) : calicoPolicy(namespace, name, plain);
  });
}

function decide(all: readonly JsonObject[], { source, destination, ...packet }: Packet): string {
  const { network } = build(all);
  const end = (each: typeof source): typeof source =>
    each.address === undefined
      ? each
      : { ...packetEnd(network, each.address), ...(each.port === undefined ? {} : { port: each.port }) };
  return evaluateFlow(network, { ...packet, source: end(source), destination: end(destination) }).decision;
}

describe('nameOrder', () => {
  it('claims only flips that manifests with the other name show', () => {
    let flips = 0;
    fc.assert(
      fc.property(fc.array(policy, { minLength: 3, maxLength: 5 }), (drawn) => {
        const { network } = build([...pods, ...objects(drawn)]);
        for (const { first, newName, packet, before, after } of nameOrder(network).flips) {
          flips++;
          const rename = { from: first.origin.object.name, to: newName };
          expect(before).not.toBe(after);
          expect(decide([...pods, ...objects(drawn)], packet)).toBe(before);
          expect(decide([...pods, ...objects(drawn, rename)], packet)).toBe(after);
        }
      }),
      { numRuns: 120 },
    );
    expect(flips).toBeGreaterThan(10);
  });

  it('finds the flip of an allow and a deny without order, and none once they have different orders', () => {
    const spec = (action: string, order?: number): JsonObject => ({
      ...(order === undefined ? {} : { order }),
      selector: 'all()',
      ingress: [{ action }],
    });
    const found = nameOrder(
      build([...pods, calicoPolicy('a', 'allow', spec('Allow')), calicoPolicy('a', 'deny', spec('Deny'))]).network,
    );
    expect(
      found.flips.map(({ first, second, newName, before, after }) => [first.name, second.name, newName, before, after]),
    ).toEqual([['allow', 'deny', 'z-allow', 'allow', 'deny']]);
    expect(
      nameOrder(
        build([...pods, calicoPolicy('a', 'allow', spec('Allow', 1)), calicoPolicy('a', 'deny', spec('Deny', 2))])
          .network,
      ),
    ).toEqual({ conflicts: [], flips: [], gaveUp: [] });
  });

  it('sees a conflict, but no flip, where the other side denies the flow anyway', () => {
    const names = ['allow', 'deny'];
    const own = names.map((name) =>
      calicoPolicy('a', name, {
        selector: 'all()',
        ingress: [
          {
            action: name === 'allow' ? 'Allow' : 'Deny',
            source: { selector: "app == 'x'", namespaceSelector: 'all()' },
          },
        ],
      }),
    );
    const closed = calicoGlobal('GlobalNetworkPolicy', 'closed', {
      order: 1,
      selector: 'all()',
      types: ['Egress'],
      egress: [{ action: 'Deny' }],
    });
    const found = nameOrder(build([...pods, ...own, closed]).network);
    expect(found.conflicts.length).toBe(1);
    expect(found.flips).toEqual([]);
  });
});
