import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoPolicy, packet, pod } from '../laws/network.fixture.ts';
import { formatAddress } from '../../../lang/addresses/format-address.ts';
import type { Packet } from '../form/packet.ts';
import { ProposedChanges, proposalOf } from './proposed-changes.ts';

const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '192.0.2.1', '198.51.100.7'];
const pods = ['x', 'y', 'z'].map((app, index) => pod('a', app, addresses[index] ?? '', { app }));
const end = fc.record(
  {
    selector: fc.constantFrom("app == 'x'", "app in {'y', 'z'}"),
    nets: fc.constantFrom(['192.0.2.0/24'], ['10.0.0.2/32', '198.51.100.0/24']),
    ports: fc.constantFrom<(number | string)[]>([80], ['80:90'], ['http']),
  },
  { requiredKeys: [] },
);
const rule = fc.record({
  action: fc.constantFrom('Allow', 'Deny', 'Pass'),
  protocol: fc.constant('TCP'),
  source: end,
  destination: end,
});
const spec = fc.record({
  order: fc.integer({ min: 0, max: 3 }),
  selector: fc.constantFrom('all()', "app == 'x'", "app != 'x'"),
  ingress: fc.array(rule, { maxLength: 3 }),
  egress: fc.array(rule, { maxLength: 2 }),
  types: fc.constantFrom(['Ingress', 'Egress'], ['Ingress']),
});

function decisions(
  objects: readonly JsonObject[],
): (from: string, to: string, port: number, protocol?: number, sourcePort?: number) => string {
  const { network } = build(objects);
  return (from, to, port, protocol, sourcePort) =>
    evaluateFlow(network, packet(network, from, to, port, protocol, sourcePort)).decision;
}

function ends({ source, destination, protocol }: Packet): readonly [string, string, number, number, number] {
  const [from = '', to = ''] = [source, destination].map(({ address }) => address && formatAddress(address));
  return [from, to, destination.port ?? 0, protocol, source.port ?? 0];
}

describe('ProposedChanges', () => {
  it('gives for staged policies, which may replace others, the result of manifests in which they are enforced', () => {
    const counts = { opened: 0, closed: 0 };
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 3 }), spec, fc.boolean(), (specs, proposed, isInPlace) => {
        const plain = (each: object): JsonObject => JSON.parse(JSON.stringify(each)) as JsonObject;
        const policies = specs.map((each, index) => calicoPolicy('a', `p-${String(index)}`, plain(each)));
        const name = isInPlace ? 'p-0' : 'q';
        const before = [...pods, ...policies, calicoPolicy('a', name, plain(proposed), 'StagedNetworkPolicy')];
        const kept = isInPlace ? policies.slice(1) : policies;
        const after = decisions([...pods, ...kept, calicoPolicy('a', name, plain(proposed))]);
        const now = decisions(before);
        const { network } = build(before);
        const staged = network.tiers.flatMap((tier) => tier.policies).find((policy) => policy.staged);
        const proposal = staged && proposalOf(network, staged);
        if (proposal === undefined) throw new Error('nothing is staged');
        const { opened, closed } = new ProposedChanges(network).of(proposal);
        if (opened?.packet.family === 4) {
          counts.opened++;
          expect([now(...ends(opened.packet)), after(...ends(opened.packet))]).toEqual(['deny', 'allow']);
        }
        if (closed?.packet.family === 4) {
          counts.closed++;
          expect([now(...ends(closed.packet)), after(...ends(closed.packet))]).toEqual(['allow', 'deny']);
        }
        for (const from of addresses) {
          for (const to of addresses) {
            for (const port of [80, 85, 8080, 443]) {
              const [was, is] = [now(from, to, port), after(from, to, port)];
              if (was === 'deny' && is === 'allow') expect(opened).toBeDefined();
              if (was === 'allow' && is === 'deny') expect(closed).toBeDefined();
            }
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(counts.opened).toBeGreaterThan(20);
    expect(counts.closed).toBeGreaterThan(20);
  });
});
