import type { Cluster } from '../../cluster/index/cluster.ts';
import { explainConnection } from '../../engines/net/analyses/explain-connection.ts';
import { networkOf } from '../../engines/net/model/network-of.ts';
import { podFlowEnd } from '../../engines/net/packet/flow-end.ts';
import { connectivity as allConnections, type Connectivity } from '../../engines/net/sets/connectivity.ts';
import type { BitSet } from '../../lang/bit-set.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import { type DecidedValue, decidedValue } from './decided.ts';
import { blocksValue, type WorkloadValue, workloadValue } from './ends.ts';
import type { FamilyOptions } from './family.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { type TrafficValue, trafficValue } from './traffic-value.ts';

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
  readonly version: 1;
  readonly family: 4 | 6;
  readonly ends: readonly ConnectionEnd[];
  readonly connections: readonly ConnectionValue[];
  /** Objects about traffic that have no effect. */
  readonly refused: readonly RefusedValue[];
}

/** All flows of a cluster at once; with `deciders` connections are split where other rules allow the same. */
export function connectivity(
  cluster: Cluster,
  options: FamilyOptions & { readonly deciders?: boolean } = {},
): ConnectivityValue {
  const { family = 4, deciders = false } = options;
  const { network, problems } = networkOf(cluster);
  const all = allConnections(network, family);
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
  return { version: 1, family, ends, connections, refused: problems.map(refusedValue) };
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
    deciders: packets.map(decidedValue),
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
