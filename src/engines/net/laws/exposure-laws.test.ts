import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { parseAddress } from '../../../lang/addresses/cidr.ts';
import { valueAt } from '../../../lang/traffic/diagram.ts';
import { clusterOf } from './analysis.fixture.ts';
import { drawnAddresses, drawnPacket, drawnPolicies, drawnSurroundings, openParts } from './drawn-network.fixture.ts';
import { exposure } from '../analyses/exposure.ts';
import type { ExposedTraffic, SideExposure } from '../analyses/exposure.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { endOfFamily, podFlowEnd, podsNamed } from '../packet/flow-end.ts';
import { networkOf } from '../model/network-of.ts';
import type { Direction, Family } from '../form/normal-form.ts';
import { packetBetween } from '../words/outcome-reasons.ts';
import { packetEnd } from '../packet/packet-end.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { RepresentativePod } from '../analyses/representative-pods.ts';

const families = fc.constantFrom<Family>(4, 6);
const directions = ['ingress', 'egress'] as const;
const points = fc.array(drawnPacket, { minLength: 3, maxLength: 6 });

/** What the own side of a pod says to one packet from or to another end. */
function ownSide(
  cluster: Cluster,
  family: Family,
  own: AddressEnd,
  other: AddressEnd,
  direction: Direction,
  point: readonly [number, number, number],
): string | undefined {
  const [source, destination] = direction === 'ingress' ? [other, own] : [own, other];
  const packet = packetBetween({ family, source, destination }, openParts(point));
  return evaluateFlow(networkOf(cluster).network, packet)[direction]?.verdict.decision;
}

function said({ traffic, unknown, deciders }: ExposedTraffic, point: readonly [number, number, number]): string {
  const decision = valueAt(traffic, point) ? 'allow' : valueAt(unknown, point) ? 'unknown' : 'deny';
  const by = deciders.filter((each) => valueAt(each.traffic, point)).map((each) => each.decision);
  return by.join() === decision ? decision : `${decision}, but decided as ${by.join()}`;
}

function outsideAt({ outside }: SideExposure, text: string): ExposedTraffic | undefined {
  const value = parseAddress(text)?.value ?? -1;
  const holding = outside.filter(({ ranges }) =>
    ranges.some(({ first, last }) => first.value <= value && value <= last.value),
  );
  return holding.length === 1 ? holding[0] : undefined;
}

function ends(cluster: Cluster, name: string, family: Family): AddressEnd {
  const [pod] = podsNamed(cluster, name);
  const end = pod && endOfFamily(cluster, podFlowEnd(cluster, pod), family);
  if (end === undefined) throw new Error('no such pod');
  return end;
}

const drawnNamespaces = drawnSurroundings.flatMap(({ kind, metadata }) =>
  kind === 'Namespace' ? [record(metadata).name] : [],
);

/**
 * Writes the pod that stands for others, with its namespace and account where they are new. A namespace that a policy names and nobody declares
 * is new too: the pod stands for those of a namespace with these labels and no others.
 */
function written({ endpoint, namespaceLabels, labels, account, accountLabels }: RepresentativePod): JsonObject[] {
  const at = endpoint.object.namespace;
  const isNew = !drawnNamespaces.includes(at);
  const accountName = endpoint.labels.get('projectcalico.org/serviceaccount') ?? '';
  const ownAccount = account !== undefined || Object.keys(accountLabels).length > 0;
  return [
    ...(isNew ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: at, labels: { ...namespaceLabels } } }] : []),
    ...(ownAccount && accountName !== 'default'
      ? [
          {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: { namespace: at, name: accountName, labels: { ...accountLabels } },
          },
        ]
      : []),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: at, name: 'written', labels: { ...labels } },
      spec: { containers: [{ name: 'main' }], serviceAccountName: accountName },
    },
  ];
}

const outsideAddresses: Readonly<Record<Family, readonly string[]>> = {
  4: drawnAddresses[4].filter((text) => !/^10\.0\.[01]\.[12]$/.test(text)),
  6: drawnAddresses[6].filter((text) => text.endsWith('9') || text === '2001:4860::1'),
};

describe('exposure', () => {
  it('to addresses outside is what each packet from or to there meets', () => {
    fc.assert(
      fc.property(drawnPolicies, families, points, (policies, family, drawn) => {
        const cluster = clusterOf([...drawnSurroundings, ...policies]);
        const { network } = networkOf(cluster);
        for (const { workload, ...sides } of exposure(cluster, { family }).workloads) {
          const own = endOfFamily(cluster, workload, family);
          if (own === undefined) throw new Error('a pod without an address');
          for (const text of outsideAddresses[family]) {
            const address = parseAddress(text);
            if (address === undefined) throw new Error('no address');
            for (const direction of directions) {
              const found = outsideAt(sides[direction], text);
              for (const point of drawn) {
                const alone = ownSide(cluster, family, own, packetEnd(network, address), direction, point);
                expect(found && said(found, point)).toBe(alone);
              }
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('to pods not yet written is what they meet once they are written', () => {
    fc.assert(
      fc.property(drawnPolicies, families, points, (policies, family, drawn) => {
        const objects = [...drawnSurroundings, ...policies];
        for (const { workload, ...sides } of exposure(clusterOf(objects), { family }).workloads) {
          for (const direction of directions) {
            for (const group of sides[direction].newPods) {
              for (const pod of group.pods) {
                const cluster = clusterOf([...objects, ...written(pod)]);
                const own = ends(cluster, workload.name, family);
                const other = ends(cluster, `${pod.endpoint.object.namespace}/written`, family);
                for (const point of drawn) {
                  expect([pod.name, said(group, point)]).toEqual([
                    pod.name,
                    ownSide(cluster, family, own, other, direction, point),
                  ]);
                }
              }
            }
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
