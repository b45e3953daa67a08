import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import type { JsonObject } from '../../../model/object.ts';
import { connectivity } from './connectivity.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoGlobal, calicoPolicy, kubernetesPolicy, packet, pod } from '../laws/network.fixture.ts';

const pods = [
  pod('a', 'x', '10.0.0.1', { app: 'x' }),
  pod('a', 'y', '10.0.0.2', { app: 'y' }),
  pod('b', 'x', '10.0.1.1', { app: 'x' }),
  pod('b', 'y', '10.0.1.2', { app: 'y' }),
  calicoGlobal('GlobalNetworkSet', 'set', { nets: ['192.0.2.0/25', '10.0.1.0/24'] }, { app: 'x' }),
];
const addresses = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.1.1',
  '10.0.1.2',
  '10.0.1.3',
  '192.0.2.1',
  '192.0.2.200',
  '198.51.100.7',
];

const end = fc.record(
  {
    selector: fc.constantFrom('all()', "app == 'x'", "app != 'x'"),
    notSelector: fc.constant("app == 'y'"),
    namespaceSelector: fc.constantFrom('all()', 'global()', "projectcalico.org/name == 'a'"),
    nets: fc.constantFrom(['10.0.0.0/31'], ['192.0.2.128/25', '10.0.1.2/32']),
    notNets: fc.constantFrom(['10.0.1.0/24'], ['192.0.2.0/24']),
    ports: fc.constantFrom<(number | string)[]>([80], ['http'], ['81:90', 'http']),
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  { action: fc.constantFrom('Allow', 'Deny', 'Pass'), protocol: fc.constant('TCP'), source: end, destination: end },
  { requiredKeys: ['action', 'protocol'] },
);
const spec = fc.record({
  selector: fc.constantFrom('all()', "app == 'x'"),
  ingress: fc.array(rule, { maxLength: 3 }),
  egress: fc.array(rule, { maxLength: 3 }),
});
const kubernetes = fc.constantFrom<JsonObject>(
  { podSelector: {} },
  { podSelector: { matchLabels: { app: 'y' } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }] },
  {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.0.0/8', except: ['192.0.2.0/25'] } }] }],
  },
);

describe('connectivity', () => {
  it('allows exactly the packets that are allowed one by one, and names each pair once', () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 4 }), fc.array(kubernetes, { maxLength: 2 }), (specs, others) => {
        const { network } = build([
          ...pods,
          ...specs.map((each, i) =>
            calicoPolicy(i % 2 === 0 ? 'a' : 'b', `p${String(i)}`, each as unknown as JsonObject),
          ),
          ...others.map((each, i) => kubernetesPolicy('b', `k${String(i)}`, each)),
        ]);
        const { peers, connections } = connectivity(network, 4);
        const numberOf = (address: string): number => {
          const value = packet(network, address, address).source.address?.value ?? 0;
          return peers.all.findIndex(({ end: { address: own }, ranges }) =>
            ranges === undefined
              ? own?.value === value
              : ranges.some(({ first, last }) => first.value <= value && value <= last.value),
          );
        };
        for (const source of addresses) {
          for (const destination of addresses) {
            const [from, to] = [numberOf(source), numberOf(destination)];
            const between = connections.filter(
              ({ sources, destinations }) => sources.has(from) && destinations.has(to),
            );
            expect(between.length).toBeLessThan(2);
            if (
              !network.pods.some(({ nets }) =>
                nets.some(
                  ({ base }) =>
                    base === peers.all[from]?.end.address?.value || base === peers.all[to]?.end.address?.value,
                ),
              )
            )
              continue;
            for (const port of [80, 85, 8080]) {
              const one = packet(network, source, destination, port);
              const allowed = between.some(({ traffic }) => valueAt(traffic, [6, port, 40000]));
              expect([source, destination, port, allowed ? 'allow' : 'deny']).toEqual([
                source,
                destination,
                port,
                evaluateFlow(network, one).decision,
              ]);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
