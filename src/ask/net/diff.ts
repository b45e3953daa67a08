import type { Cluster } from '../../cluster/index/cluster.ts';
import { diffConnectivity } from '../../engines/net/analyses/diff-connectivity.ts';
import type { DiffDecision, DiffEnd, FlowChange } from '../../engines/net/analyses/diff-connectivity.ts';
import { networkOf } from '../../engines/net/model/network-of.ts';
import { reasonValue } from '../values/reason-value.ts';
import { blocksValue } from './ends.ts';
import type { FamilyOptions } from './family.ts';
import type { PacketValue, WitnessValue } from './flow.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { type TrafficValue, trafficValue } from './traffic-value.ts';
import { protocolName } from './traffic-words.ts';

/**
 * What becomes of flows: `may be` where one of the two clusters leaves them unknown. A gate that refuses opened flows looks for `opened`; one
 * that must be sure looks for `may be open` too.
 */
export type FlowTurn = 'opened' | 'may be open' | 'may be closed' | 'closed';

/** One end of changed flows: a workload, or blocks of addresses. */
export type DiffEndValue =
  | { readonly name: string; readonly identity: string; readonly only?: 'old' | 'new' }
  | { readonly blocks: readonly string[] };

/** Flows that the two clusters decide differently, all in the same way. */
export interface FlowChangeValue {
  readonly turn: FlowTurn;
  /** `absent` where the old cluster lacks a workload of the flows. */
  readonly before: DiffDecision;
  /** `absent` where the new cluster lacks a workload of the flows. */
  readonly after: DiffDecision;
  readonly sources: readonly DiffEndValue[];
  readonly destinations: readonly DiffEndValue[];
  readonly traffic: TrafficValue;
  readonly witness: {
    /** `shop/web (Deployment)`, or an address. */
    readonly from: string;
    readonly to: string;
    readonly packet: PacketValue;
    readonly before?: WitnessValue;
    readonly after?: WitnessValue;
  };
}

/** What `net diff` answers: what `--format json` prints. */
export interface NetDiffValue {
  readonly version: 1;
  readonly family: 4 | 6;
  /** Every flow that is opened or closed, those of added and removed workloads included: `turn` says which. Empty: the clusters allow the same. */
  readonly changes: readonly FlowChangeValue[];
  /** Names of the workloads that the new cluster alone has, whether or not a flow of theirs is open. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Objects about traffic that have no effect, in each of the clusters. */
  readonly refused: { readonly old: readonly RefusedValue[]; readonly new: readonly RefusedValue[] };
}

/** The flows that two clusters decide differently, each with a packet that shows it and who decides it before and after. */
export function netDiff(before: Cluster, after: Cluster, options: FamilyOptions = {}): NetDiffValue {
  const { family, changes, ofAdded, ofRemoved, added, removed } = diffConnectivity(before, after, options);
  return {
    version: 1,
    family,
    changes: [...changes, ...ofAdded, ...ofRemoved].map(changeValue),
    added: added.map(({ name }) => name),
    removed: removed.map(({ name }) => name),
    refused: {
      old: networkOf(before).problems.map(refusedValue),
      new: networkOf(after).problems.map(refusedValue),
    },
  };
}

const openness: Readonly<Record<DiffDecision, number>> = { deny: 0, absent: 0, unknown: 1, allow: 2 };

function turnOf(before: DiffDecision, after: DiffDecision): FlowTurn {
  if (openness[after] > openness[before]) return after === 'allow' ? 'opened' : 'may be open';
  return after === 'unknown' ? 'may be closed' : 'closed';
}

function changeValue({ before, after, sources, destinations, traffic, witness }: FlowChange): FlowChangeValue {
  const { source, destination, packet } = witness;
  const verdict = (said: typeof witness.before): WitnessValue | undefined =>
    said && { decision: said.decision, because: said.reasons.map(reasonValue) };
  const [was, is] = [verdict(witness.before), verdict(witness.after)];
  return {
    turn: turnOf(before, after),
    before,
    after,
    sources: sources.map(endValue),
    destinations: destinations.map(endValue),
    traffic: trafficValue(traffic),
    witness: {
      from: source.name,
      to: destination.name,
      packet: { ...packet, protocol: protocolName(packet.protocol) },
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    },
  };
}

function endValue({ name, identity, ranges, only }: DiffEnd): DiffEndValue {
  if (ranges !== undefined) return { blocks: blocksValue(ranges) };
  return { name, identity, ...(only === undefined ? {} : { only }) };
}
