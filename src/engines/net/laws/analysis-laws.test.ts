import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import { parseAddress } from '../../../lang/addresses/cidr.ts';
import type { JsonObject } from '../../../model/object.ts';
import { connectivity } from '../sets/connectivity.ts';
import type { Connectivity } from '../sets/connectivity.ts';
import { drawnAddresses, drawnPacket, drawnPolicies, drawnSurroundings, openParts } from './drawn-network.fixture.ts';
import { decidersOf } from '../analyses/explain-connection.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { build } from './network.fixture.ts';
import type { Network } from '../model/network.ts';
import type { Family } from '../form/normal-form.ts';
import { packetBetween } from '../words/outcome-reasons.ts';
import { packetEnd } from '../packet/packet-end.ts';
import type { AddressEnd, Packet } from '../form/packet.ts';

type Point = readonly [number, number, number];

function endOf(network: Network, text: string): AddressEnd {
  const address = parseAddress(text);
  if (address === undefined) throw new Error('no address');
  return packetEnd(network, address);
}

function packetOf(network: Network, family: Family, from: string, to: string, point: Point): Packet {
  return packetBetween({ family, source: endOf(network, from), destination: endOf(network, to) }, openParts(point));
}

function numberOf({ peers }: Connectivity, text: string): number {
  const value = parseAddress(text)?.value ?? -1;
  return peers.all.findIndex(({ end, pod, ranges }) =>
    pod === undefined
      ? ranges?.some(({ first, last }) => first.value <= value && value <= last.value)
      : end.address?.value === value,
  );
}

const families = fc.constantFrom<Family>(4, 6);

describe('all flows at once, of all kinds of policies and both families', () => {
  it('are decided as each of them alone, by the same rules', () => {
    fc.assert(
      fc.property(
        drawnPolicies,
        families,
        fc.array(drawnPacket, { minLength: 4, maxLength: 8 }),
        (policies, family, points) => {
          const { network } = build([...drawnSurroundings, ...policies]);
          const all = connectivity(network, family);
          for (const from of drawnAddresses[family]) {
            for (const to of drawnAddresses[family]) {
              const [source, destination] = [numberOf(all, from), numberOf(all, to)];
              if (all.peers.all[source]?.pod === undefined && all.peers.all[destination]?.pod === undefined) continue;
              const found = all.connections.filter(
                (each) => each.sources.has(source) && each.destinations.has(destination),
              );
              const deciders = decidersOf(all, family, source, destination);
              expect(found.length).toBeLessThan(2);
              for (const point of points) {
                const alone = evaluateFlow(network, packetOf(network, family, from, to, point));
                expect(found.some(({ traffic }) => valueAt(traffic, point))).toBe(alone.decision === 'allow');
                const at = deciders.filter(({ traffic }) => valueAt(traffic, point));
                expect(at.map(({ decision }) => decision)).toEqual([alone.decision]);
                for (const direction of ['egress', 'ingress'] as const) {
                  const by: Record<string, unknown> = { ...at[0]?.[direction]?.by };
                  const last: Record<string, unknown> = { ...alone[direction]?.verdict.steps.at(-1) };
                  if (by.kind !== 'encapsulation') expect({ ...last, ...by }).toEqual(last);
                }
              }
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('do not depend on the order of the objects', () => {
    const said = (objects: readonly JsonObject[], family: Family): string[] => {
      const { network } = build(objects);
      const all = connectivity(network, family);
      const addresses = drawnAddresses[family];
      const point: Point = [6, 80, 40_000];
      return addresses.flatMap((from) =>
        addresses.map((to) => {
          const [source, destination] = [numberOf(all, from), numberOf(all, to)];
          const found = all.connections.find((each) => each.sources.has(source) && each.destinations.has(destination));
          return `${from} ${to} ${String(found !== undefined && valueAt(found.traffic, point))}`;
        }),
      );
    };
    const drawn = drawnPolicies.chain((policies) => {
      const objects = [...drawnSurroundings, ...policies];
      return fc.tuple(fc.constant(objects), fc.shuffledSubarray(objects, { minLength: objects.length }), families);
    });
    fc.assert(
      fc.property(drawn, ([objects, shuffled, family]) => {
        expect(said(shuffled, family)).toEqual(said(objects, family));
      }),
      { numRuns: 40 },
    );
  });
});
