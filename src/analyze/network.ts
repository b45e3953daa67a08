import type { Cluster } from '../cluster/index/cluster.ts';
import { connectivity as allConnections } from '../engines/net/sets/connectivity.ts';
import type { Connectivity } from '../engines/net/sets/connectivity.ts';
import { diffConnectivity as diffClusters } from '../engines/net/analyses/diff-connectivity.ts';
import { explainConnection } from '../engines/net/analyses/explain-connection.ts';
import { exposure as exposureOf } from '../engines/net/analyses/exposure.ts';
import { podFlowEnd } from '../engines/net/packet/flow-end.ts';
import { flowQuestions, isQuestionError } from '../engines/net/ask/flow-question.ts';
import type { QuestionError } from '../engines/net/ask/flow-question.ts';
import { flowVerdict } from '../engines/net/ask/flow-verdict.ts';
import { networkOf } from '../engines/net/model/network-of.ts';
import type { BitSet } from '../lang/bit-set.ts';
import type { TrafficSet } from '../lang/traffic/traffic-set.ts';
import { flowValue } from '../report/net/net-flow-value.ts';
import type { FlowValue } from '../report/net/net-flow-value.ts';
import { trafficValue } from '../report/net/net-traffic-value.ts';
import type { TrafficValue } from '../report/net/net-traffic-value.ts';
import { blocksValue, diffValue, exposureValue, workloadValue } from '../report/net/net-values.ts';
import type { ConnectivityDiffValue, DecidedValue, ExposureValue, WorkloadValue } from '../report/net/net-values.ts';
import { reasonValue } from '../report/reasons.ts';

/** Of which family addresses are; IPv4 when absent. */
export interface FamilyOptions {
  readonly family?: 4 | 6;
}

/** One end of connections: the pods of a workload, or addresses of no pod that no policy tells apart. */
export type ConnectionEnd =
  ({ readonly type: 'workload' } & WorkloadValue) | { readonly type: 'addresses'; readonly blocks: readonly string[] };

/** What every one of some ends may send to every one of others; the numbers are those of `ends`. */
export interface ConnectionValue {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly allowed: TrafficValue;
  readonly unknown: TrafficValue;
  /** Which rules decide which packets, at both ends, denied ones too; only where it was asked for. */
  readonly deciders?: readonly DecidedValue[];
}

/** Who may reach whom. What is in no connection is denied; addresses among themselves are left out. */
export interface ConnectivityValue {
  readonly family: 4 | 6;
  readonly ends: readonly ConnectionEnd[];
  readonly connections: readonly ConnectionValue[];
}

/** What is asked of flows. */
export interface FlowRequest {
  /** A pod or workload (`shop/web`, `shop/Deployment/web`), an address, or `internet`. */
  readonly from: string;
  /** The same or a Service (`shop/service/web`), then `:PORT[/PROTOCOL]`; `[ADDRESS]:PORT` for IPv6. */
  readonly to: string;
  /** Whether the whole walk is wanted: every tier, policy and rule that was looked at. */
  readonly steps?: boolean;
}

/**
 * Decides the first packet of each flow that is asked about: several where a Service has several pods, or where policies tell addresses
 * of the internet apart. Names that cannot be asked about give an `error` and a hint.
 */
export function evaluateFlow(
  cluster: Cluster,
  { from, to, steps = false }: FlowRequest,
): readonly FlowValue[] | QuestionError {
  const questions = flowQuestions(cluster, from, to);
  if (isQuestionError(questions)) return questions;
  return questions.map((question) => flowValue(flowVerdict(cluster, question, { steps })));
}

/** All flows of a cluster at once; with `deciders` connections are split where other rules allow the same. */
export function connectivity(
  cluster: Cluster,
  options: FamilyOptions & { readonly deciders?: boolean } = {},
): ConnectivityValue {
  const { family = 4, deciders = false } = options;
  const all = allConnections(networkOf(cluster).network, family);
  const ends = all.peers.all.map(({ pod, ranges = [] }): ConnectionEnd => {
    const source = pod?.object.source;
    if (source === undefined) return { type: 'addresses', blocks: blocksValue(ranges) };
    return { type: 'workload', ...workloadValue(podFlowEnd(cluster, source)) };
  });
  const connections = all.connections.flatMap((connection): readonly ConnectionValue[] => {
    const { sources, destinations, traffic, unknown } = connection;
    if (!deciders) return [connectionValue(sources, destinations, traffic, unknown)];
    return explained(cluster, all, family, connection);
  });
  return { family, ends, connections };
}

/** What may be reached from outside and from pods not yet written, what may be reached there, and who decides it. */
export function exposure(cluster: Cluster, options: FamilyOptions = {}): ExposureValue {
  return exposureValue(exposureOf(cluster, options));
}

/** The flows of which two clusters say different things, each with a packet that shows it. */
export function diffConnectivity(before: Cluster, after: Cluster, options: FamilyOptions = {}): ConnectivityDiffValue {
  return diffValue(diffClusters(before, after, options));
}

function explained(
  cluster: Cluster,
  all: Connectivity,
  family: 4 | 6,
  connection: Connectivity['connections'][number],
): readonly ConnectionValue[] {
  const { traffic, unknown } = connection;
  return explainConnection(cluster, all, family, connection).map(({ sources, destinations, packets }) => ({
    ...connectionValue(sources, destinations, traffic, unknown),
    deciders: packets.map((each) => ({
      decision: each.decision,
      traffic: trafficValue(each.traffic),
      because: each.reasons.map(reasonValue),
    })),
  }));
}

function connectionValue(
  sources: BitSet,
  destinations: BitSet,
  traffic: TrafficSet,
  unknown: TrafficSet,
): ConnectionValue {
  return {
    from: [...sources],
    to: [...destinations],
    allowed: trafficValue(traffic),
    unknown: trafficValue(unknown),
  };
}
