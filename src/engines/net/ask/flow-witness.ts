import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { Address } from '../../../lang/addresses/cidr.ts';
import { formatAddress } from '../../../lang/addresses/format-address.ts';
import type { Reason } from '../../verdict.ts';
import { evaluateFlow } from '../packet/flow.ts';
import { endpointTitle } from '../packet/flow-end.ts';
import { sideReason } from '../words/flow-reasons.ts';
import type { FlowDecision } from '../form/packet.ts';
import { networkOf } from '../model/network-of.ts';
import type { Family } from '../form/normal-form.ts';
import { packetBetween } from '../words/outcome-reasons.ts';
import { packetEnd } from '../packet/packet-end.ts';
import type { Packet } from '../form/packet.ts';
import type { Peer } from '../sets/peers.ts';
import { samplePacket } from '../packet/sample-packet.ts';
import type { SamplePacket } from '../packet/sample-packet.ts';

/** One packet, and what two clusters say about it; absent for a cluster in which an end of it does not exist. */
export interface FlowWitness {
  readonly source: WitnessEnd;
  readonly destination: WitnessEnd;
  readonly packet: SamplePacket;
  readonly before?: WitnessVerdict;
  readonly after?: WitnessVerdict;
}

/** A workload's pods, or one address. */
export interface WitnessEnd {
  /** `shop/web (Deployment)`, `192.0.2.1`. */
  readonly name: string;
  readonly address?: Address;
}

export interface WitnessVerdict {
  readonly decision: FlowDecision;
  /** The side that decides comes first. */
  readonly reasons: readonly Reason[];
}

/** Two ends of a flow in one cluster. */
export interface ClusterEnds {
  readonly cluster: Cluster;
  readonly source: Peer;
  readonly destination: Peer;
}

/** Picks one packet of a set, which must not be empty, and asks both clusters about it. */
export function flowWitness(
  family: Family,
  traffic: TrafficSet,
  [from, to]: readonly [Address | undefined, Address | undefined],
  before: ClusterEnds | undefined,
  after: ClusterEnds | undefined,
): FlowWitness {
  const packet = samplePacket(traffic);
  if (packet === undefined) throw new Error('a change without packets');
  const verdict = (ends: ClusterEnds | undefined): WitnessVerdict | undefined => {
    if (ends === undefined) return undefined;
    const { network } = networkOf(ends.cluster);
    const end = (peer: Peer, address: Address | undefined) =>
      address === undefined ? peer.end : packetEnd(network, address);
    const pair = { family, source: end(ends.source, from), destination: end(ends.destination, to) };
    return verdictOf(ends.cluster, packetBetween(pair, packet));
  };
  const [was, is] = [verdict(before), verdict(after)];
  const end = (side: 'source' | 'destination', address: Address | undefined): WitnessEnd => {
    if (address !== undefined) return { name: formatAddress(address), address };
    const object = (after ?? before)?.[side].pod?.object;
    return { name: object === undefined ? '' : endpointTitle(object) };
  };
  return {
    source: end('source', from),
    destination: end('destination', to),
    packet,
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
  };
}

function verdictOf(cluster: Cluster, packet: Packet): WitnessVerdict {
  const { network } = networkOf(cluster);
  const flow = evaluateFlow(network, packet);
  const sides = (['egress', 'ingress'] as const).flatMap((direction) => {
    const half = flow[direction];
    if (half === undefined) return [];
    const { decision } = half.verdict;
    const reasons = sideReason(cluster, network, half.endpoint, direction, half.verdict);
    return [{ rank: decision === 'deny' ? 0 : decision === 'unknown' ? 1 : 2, reasons }];
  });
  return { decision: flow.decision, reasons: sides.sort((a, b) => a.rank - b.rank).flatMap(({ reasons }) => reasons) };
}
