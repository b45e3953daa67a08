import { BitSet } from '../../../lang/bit-set.ts';
import { combine } from '../../../lang/traffic/combine.ts';
import { DiagramSpace } from '../../../lang/traffic/diagram.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { Reason } from '../../verdict.ts';
import type { Connection, Connectivity } from '../sets/connectivity.ts';
import { trafficByValue } from '../sets/decided-traffic.ts';
import type { Outcome } from '../sets/endpoint-traffic.ts';
import type { FlowDecision } from '../form/packet.ts';
import { networkOf } from '../model/network-of.ts';
import type { Direction, Family } from '../form/normal-form.ts';
import { outcomeReasons } from '../words/outcome-reasons.ts';
import type { Peer } from '../sets/peers.ts';
import { samplePacket } from '../packet/sample-packet.ts';
import { SideOutcomes } from '../sets/side-outcomes.ts';

/** Packets between two peers that the same two sides decide: the source's egress and the destination's ingress. */
export interface DecidedPackets {
  readonly decision: FlowDecision;
  readonly traffic: TrafficSet;
  /** Absent for a peer that is outside. */
  readonly egress?: Outcome;
  readonly ingress?: Outcome;
}

/** The same with the places in the manifests: the side that decides comes first. */
export interface ExplainedPackets extends DecidedPackets {
  readonly reasons: readonly Reason[];
}

/** The part of a connection for whose pairs the same rules decide the same packets. */
export interface ExplainedConnection {
  readonly sources: BitSet;
  readonly destinations: BitSet;
  readonly packets: readonly ExplainedPackets[];
}

/** Which tier, policy and rule decides which packets between two peers (by number), at both ends; every packet is in one entry. */
export function decidersOf(
  { peers, evaluator }: Connectivity,
  family: Family,
  source: number,
  destination: number,
): readonly DecidedPackets[] {
  const [from, to] = [peers.all[source], peers.all[destination]];
  if (from === undefined || to === undefined) return [];
  const pair = { family, source: from.end, destination: to.end };
  const side = ({ pod }: Peer, direction: Direction): Diagram<Outcome | undefined> =>
    pod === undefined ? nobody.leaf(undefined) : evaluator.endpoint(pod, direction, pair);
  const both = new DiagramSpace<Both>();
  const pairs = new Map<Outcome | undefined, Map<Outcome | undefined, Both>>();
  const joined = combine(both, side(from, 'egress'), side(to, 'ingress'), (egress, ingress) => {
    const known = pairs.get(egress) ?? new Map<Outcome | undefined, Both>();
    pairs.set(egress, known);
    const made = known.get(ingress) ?? { egress, ingress };
    known.set(ingress, made);
    return made;
  });
  return trafficByValue(evaluator.algebra, joined).map(({ value: { egress, ingress }, traffic }) => ({
    decision: decisionOf([egress, ingress]),
    traffic,
    ...(egress === undefined ? {} : { egress }),
    ...(ingress === undefined ? {} : { ingress }),
  }));
}

/** The same with the place of each decider in the manifests. */
export function explainPair(
  cluster: Cluster,
  connectivity: Connectivity,
  family: Family,
  source: number,
  destination: number,
): readonly ExplainedPackets[] {
  const { network } = networkOf(cluster);
  const [from, to] = [connectivity.peers.all[source], connectivity.peers.all[destination]];
  if (from === undefined || to === undefined) return [];
  const pair = { family, source: from.end, destination: to.end };
  return decidersOf(connectivity, family, source, destination).map((packets) => {
    const sample = samplePacket(packets.traffic);
    const sides = (
      [
        ['egress', from.pod],
        ['ingress', to.pod],
      ] as const
    ).flatMap(([direction, endpoint]) => {
      const outcome = packets[direction];
      if (outcome === undefined || endpoint === undefined || sample === undefined) return [];
      const reasons = outcomeReasons(cluster, network, endpoint, direction, outcome, { pair, sample });
      return [{ rank: rank[outcome.decision], reasons }];
    });
    return { ...packets, reasons: sides.sort((a, b) => a.rank - b.rank).flatMap(({ reasons }) => reasons) };
  });
}

/** Splits a connection into parts whose pairs the same rules decide, and says which those are. */
export function explainConnection(
  cluster: Cluster,
  connectivity: Connectivity,
  family: Family,
  { sources, destinations }: Pick<Connection, 'sources' | 'destinations'>,
): readonly ExplainedConnection[] {
  const { peers, evaluator } = connectivity;
  const outcomes = new SideOutcomes(networkOf(cluster).network, family, peers, evaluator);
  const sideOf = (number: number, direction: Direction, others: BitSet): readonly Group[] => {
    const pod = peers.all[number]?.pod;
    if (pod === undefined) return [{ peers: others, key: '' }];
    return outcomes.of(pod, direction, others).map((each) => ({ peers: each.peers, key: String(each.outcome.id) }));
  };
  const egress = new Map([...sources].map((source) => [source, sideOf(source, 'egress', destinations)]));
  const parts = new Map<string, { readonly sources: BitSet; readonly destinations: BitSet }>();
  for (const destination of destinations) {
    const bySides = new Map<string, BitSet>();
    for (const group of sideOf(destination, 'ingress', sources)) {
      for (const source of group.peers) {
        const theirs = egress.get(source)?.find(({ peers: reached }) => reached.has(destination));
        const key = `${theirs?.key ?? ''} ${group.key}`;
        const senders = bySides.get(key) ?? new BitSet(peers.all.length);
        senders.add(source);
        bySides.set(key, senders);
      }
    }
    for (const [sides, senders] of bySides) {
      const key = `${sides} ${[...senders].join()}`;
      const part = parts.get(key) ?? { sources: senders, destinations: new BitSet(peers.all.length) };
      part.destinations.add(destination);
      parts.set(key, part);
    }
  }
  return [...parts.values()].map((part) => ({
    ...part,
    packets: explainPair(cluster, connectivity, family, part.sources.first(), part.destinations.first()),
  }));
}

/** Other ends for which the same rules decide at one side. */
interface Group {
  readonly peers: BitSet;
  readonly key: string;
}

interface Both {
  readonly egress: Outcome | undefined;
  readonly ingress: Outcome | undefined;
}

const nobody = new DiagramSpace<Outcome | undefined>();
const rank: Readonly<Record<FlowDecision, number>> = { deny: 0, unknown: 1, allow: 2 };

/** What two sides amount to; one that is outside says nothing. */
function decisionOf(sides: readonly (Outcome | undefined)[]): FlowDecision {
  const decisions = sides.map((side) => side?.decision ?? 'allow');
  if (decisions.includes('deny')) return 'deny';
  return decisions.includes('unknown') ? 'unknown' : 'allow';
}
