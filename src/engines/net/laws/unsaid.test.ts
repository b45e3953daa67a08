import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../lang/addresses/cidr.ts';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import type { JsonObject } from '../../../model/object.ts';
import { buildNetwork } from '../model/build-network.ts';
import { connectivity } from '../sets/connectivity.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build, calicoGlobal, calicoPolicy, namespace, pod } from './network.fixture.ts';
import { plainObjects } from '../objects/network-objects.ts';
import type { Network } from '../model/network.ts';
import type { PacketEnd } from '../form/packet.ts';
import { packetEnd, unplacedEnd } from '../packet/packet-end.ts';

const end = fc.record(
  {
    selector: fc.constantFrom("app == 'x'", "app != 'x'", "kind == 'set'"),
    namespaceSelector: fc.constantFrom("role == 'front'", "role != 'front'", "has(team) && role in {'front', 'back'}"),
    nets: fc.constantFrom(['10.0.0.0/9'], ['10.0.0.0/8'], ['192.0.2.0/24']),
    notNets: fc.constantFrom(['10.128.0.0/9'], ['192.0.2.0/24']),
    ports: fc.constantFrom([80], [81]),
  },
  { requiredKeys: [] },
);
const rule = fc.record(
  { action: fc.constantFrom('Allow', 'Deny', 'Pass'), protocol: fc.constant('TCP'), source: end, destination: end },
  { requiredKeys: ['action', 'protocol'] },
);
const spec = fc.record({
  namespaceSelector: fc.constantFrom("role == 'front'", "role != 'front'", "projectcalico.org/name == 'b'", ''),
  types: fc.constantFrom(['Ingress'], ['Ingress', 'Egress']),
  ingress: fc.array(rule, { maxLength: 3 }),
  egress: fc.array(rule, { maxLength: 3 }),
});
const labels = fc.record(
  { role: fc.constantFrom('front', 'back', 'other'), team: fc.constant('red') },
  { requiredKeys: [] },
);

function unplaced(namespaceName: string, app: string): JsonObject {
  const { status, ...rest } = pod(namespaceName, app, '', { app });
  expect(status).toBeDefined();
  return rest;
}

function policies(specs: readonly unknown[]): readonly JsonObject[] {
  return specs.map((each, i) =>
    i % 3 === 2
      ? calicoPolicy('a', `p${String(i)}`, { ...(each as JsonObject), namespaceSelector: null })
      : calicoGlobal('GlobalNetworkPolicy', `g${String(i)}`, each as JsonObject),
  );
}

/** What the manifests say: pods without addresses, namespaces without labels, and a set without members. */
function partial(specs: readonly unknown[]): Network {
  const objects = [
    unplaced('a', 'x'),
    unplaced('b', 'y'),
    calicoGlobal('GlobalNetworkSet', 'open', {}, { kind: 'set' }),
    ...policies(specs),
  ];
  const podBlocks = [parseCidr('10.0.0.0/8')].flatMap((parsed) => parsed?.cidr ?? []);
  const unsaid = { openSets: true, podBlocks, namespaces: new Set(['a', 'b']), accounts: new Set<string>() };
  return buildNetwork({ ...plainObjects(objects), unsaid }).network;
}

function podEnd(network: Network, index: number): PacketEnd {
  const endpoint = network.pods[index];
  if (endpoint === undefined) throw new Error('no such pod');
  const [net] = endpoint.nets;
  if (net === undefined) return unplacedEnd(network, endpoint, 4);
  return net.family === 4 ? packetEnd(network, { family: 4, value: net.base }) : unplacedEnd(network, endpoint, 4);
}

function decision(network: Network, from: number, to: number, port: number): string {
  const source = { ...podEnd(network, from), port: 40000 };
  return evaluateFlow(network, { family: 4, protocol: 6, source, destination: { ...podEnd(network, to), port } })
    .decision;
}

describe('what is not known', () => {
  it('never changes a verdict that was said to be known', () => {
    const addresses = fc.constantFrom('10.0.0.1', '10.200.0.1', '10.127.255.255');
    const members = fc.constantFrom<string[]>([], ['192.0.2.0/24'], ['10.0.0.0/9'], ['10.200.0.0/16']);
    fc.assert(
      fc.property(
        fc.array(spec, { maxLength: 4 }),
        labels,
        labels,
        addresses,
        members,
        (specs, a, b, address, nets) => {
          const open = partial(specs);
          const { network } = build([
            namespace('a', a),
            namespace('b', b),
            pod('a', 'x', address, { app: 'x' }),
            pod('b', 'y', '10.0.0.77', { app: 'y' }),
            calicoGlobal('GlobalNetworkSet', 'open', { nets }, { kind: 'set' }),
            ...policies(specs),
          ]);
          for (const [from, to] of [
            [0, 1],
            [1, 0],
          ] as const) {
            for (const port of [80, 82]) {
              const said = decision(open, from, to, port);
              if (said !== 'unknown') expect(said).toBe(decision(network, from, to, port));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the same for all flows at once as for each of them', () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 4 }), (specs) => {
        const network = partial(specs);
        const { peers, connections } = connectivity(network, 4);
        const numbers = network.pods.map((each) => peers.all.findIndex((peer) => peer.pod === each));
        for (const [from, source] of numbers.entries()) {
          for (const [to, destination] of numbers.entries()) {
            const found = connections.find((each) => each.sources.has(source) && each.destinations.has(destination));
            for (const port of [80, 81, 82]) {
              const at = [6, port, 40000] as const;
              const isUnknown = found !== undefined && valueAt(found.unknown, at);
              const all = isUnknown ? 'unknown' : found !== undefined && valueAt(found.traffic, at) ? 'allow' : 'deny';
              expect(all).toBe(decision(network, from, to, port));
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
