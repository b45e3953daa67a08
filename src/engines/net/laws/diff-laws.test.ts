import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import { parseAddress } from '../../../lang/addresses/cidr.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { clusterOf } from './analysis.fixture.ts';
import { diffConnectivity } from '../analyses/diff-connectivity.ts';
import type { DiffEnd } from '../analyses/diff-connectivity.ts';
import { drawnAddresses, drawnPacket, drawnPolicies, drawnSurroundings, openParts } from './drawn-network.fixture.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { endOfFamily, podFlowEnd, podsNamed } from '../packet/flow-end.ts';
import { networkOf } from '../model/network-of.ts';
import type { Family } from '../form/normal-form.ts';
import { packetBetween } from '../words/outcome-reasons.ts';
import type { AddressEnd } from '../form/packet.ts';
import { packetEnd } from '../packet/packet-end.ts';
import type { SamplePacket } from '../packet/sample-packet.ts';

const families = fc.constantFrom<Family>(4, 6);

/** Two sets of policies of which the second is the first with some left out, some added, and in another order. */
const pairs = fc.tuple(drawnPolicies, drawnPolicies).chain(([some, others]) =>
  fc.tuple(
    fc.constant(some),
    fc.shuffledSubarray([...some]).map((kept) => {
      const names = new Set(kept.map(keyOf));
      return [...kept, ...others.slice(0, 1).filter((each) => !names.has(keyOf(each)))];
    }),
  ),
);

function keyOf({ kind, metadata }: JsonObject): string {
  return JSON.stringify([kind, metadata]);
}

function endNamed(cluster: Cluster, name: string, family: Family): AddressEnd {
  const address = parseAddress(name);
  if (address !== undefined) return packetEnd(networkOf(cluster).network, address);
  const [pod] = podsNamed(cluster, name);
  const end = pod && endOfFamily(cluster, podFlowEnd(cluster, pod), family);
  if (end === undefined) throw new Error(`no such end: ${name}`);
  return end;
}

function decide(cluster: Cluster, family: Family, from: string, to: string, open: SamplePacket): string {
  const pair = { family, source: endNamed(cluster, from, family), destination: endNamed(cluster, to, family) };
  return evaluateFlow(networkOf(cluster).network, packetBetween(pair, open)).decision;
}

function isAmong(ends: readonly DiffEnd[], text: string): boolean {
  const value = parseAddress(text)?.value;
  return ends.some(({ name, ranges }) =>
    value === undefined
      ? name === text
      : ranges?.some(({ first, last }) => first.value <= value && value <= last.value),
  );
}

describe('the difference of two clusters in flows', () => {
  it('is empty for the same objects in another order', () => {
    const drawn = drawnPolicies.chain((policies) => {
      const objects = [...drawnSurroundings, ...policies];
      return fc.tuple(fc.constant(objects), fc.shuffledSubarray(objects, { minLength: objects.length }), families);
    });
    fc.assert(
      fc.property(drawn, ([objects, shuffled, family]) => {
        const { changes, ofAdded, ofRemoved } = diffConnectivity(clusterOf(objects), clusterOf(shuffled), { family });
        expect([...changes, ...ofAdded, ...ofRemoved]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is confirmed by each witness: alone, the packet is decided as the change says', () => {
    fc.assert(
      fc.property(pairs, families, ([before, after], family) => {
        const [old, now] = [before, after].map((each) => clusterOf([...drawnSurroundings, ...each]));
        if (old === undefined || now === undefined) throw new Error('two clusters');
        for (const { before: was, after: is, traffic, witness } of diffConnectivity(old, now, { family }).changes) {
          const { source, destination, packet } = witness;
          const { protocol, port, sourcePort, icmp } = packet;
          expect(valueAt(traffic, [protocol, port ?? icmp?.type ?? 0, sourcePort ?? icmp?.code ?? 0])).toBe(true);
          const alone = [old, now].map((cluster) => decide(cluster, family, source.name, destination.name, packet));
          expect(alone).toEqual([was, is]);
          expect([witness.before?.decision, witness.after?.decision]).toEqual([was, is]);
          expect(was).not.toBe(is);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('holds every packet that is decided otherwise, once, and no other', () => {
    const names = ['a/x', 'a/y', 'b/x', 'b/y'];
    fc.assert(
      fc.property(
        pairs,
        families,
        fc.array(drawnPacket, { minLength: 2, maxLength: 4 }),
        ([before, after], family, points) => {
          const old = clusterOf([...drawnSurroundings, ...before]);
          const now = clusterOf([...drawnSurroundings, ...after]);
          const { changes } = diffConnectivity(old, now, { family });
          const outside = drawnAddresses[family].filter((text) => text.endsWith('9') || text.startsWith('19'));
          const ends = [...names, ...outside];
          for (const from of ends) {
            for (const to of ends) {
              if (outside.includes(from) && outside.includes(to)) continue;
              for (const point of points) {
                const [was, is] = [old, now].map((cluster) => decide(cluster, family, from, to, openParts(point)));
                const found = changes.filter(
                  (change) =>
                    isAmong(change.sources, from) && isAmong(change.destinations, to) && valueAt(change.traffic, point),
                );
                expect(found.map((change) => `${change.before}>${change.after}`)).toEqual(
                  was === is ? [] : [`${String(was)}>${String(is)}`],
                );
              }
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
