import type { AddressRange } from '../../engines/net/model/outside-classes.ts';
import type {
  ConnectivityDiff,
  DiffDecision,
  DiffEnd,
  FlowChange,
} from '../../engines/net/analyses/diff-connectivity.ts';
import type { EntryPoint } from '../../engines/net/model/entry-points.ts';
import type { ExposedTraffic, Exposure, SideExposure } from '../../engines/net/analyses/exposure.ts';
import type { FlowEnd } from '../../engines/net/packet/flow-end.ts';
import type { FlowDecision } from '../../engines/net/form/packet.ts';
import type { RepresentativePod } from '../../engines/net/analyses/representative-pods.ts';
import type { SamplePacket } from '../../engines/net/packet/sample-packet.ts';
import type { Assumption } from '../../engines/verdict.ts';
import { blocksOfRange, formatCidr } from '../../lang/format-address.ts';
import type { ReasonValue, WitnessValue } from './net-flow-value.ts';
import { trafficValue } from './net-traffic-value.ts';
import type { TrafficValue } from './net-traffic-value.ts';
import { protocolName } from './net-traffic.ts';
import { reasonValue } from '../reasons.ts';

/*
 * Answers about traffic as plain JSON: what the library gives, and reports for machines. Nothing in them refers to the tree that they come
 * from, so that they can be kept, sent and compared.
 */

/** A workload (or Pod) whose pods are one end of flows. */
export interface WorkloadValue {
  /** `shop/web (Deployment)`. */
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  /** The name of the object that makes the pods. */
  readonly workload: string;
}

/** Packets that the same rules decide. */
export interface DecidedValue {
  readonly decision: FlowDecision;
  readonly traffic: TrafficValue;
  readonly because: readonly ReasonValue[];
}

export interface ExposedValue {
  readonly allowed: TrafficValue;
  readonly unknown: TrafficValue;
  readonly deciders: readonly DecidedValue[];
}

export interface SideExposureValue {
  readonly isGoverned: boolean;
  readonly outside: readonly (ExposedValue & { readonly blocks: readonly string[] })[];
  readonly newPods: readonly (ExposedValue & {
    readonly pods: readonly NewPodValue[];
    readonly denied: TrafficValue;
  })[];
}

/** Pods not yet written; see `RepresentativePod`. */
export type NewPodValue = Omit<RepresentativePod, 'endpoint'>;

export interface EntryPointValue extends Omit<EntryPoint, 'object' | 'path' | 'protocol'> {
  readonly protocol: string;
  readonly at: ReasonValue;
}

export interface WorkloadExposureValue {
  readonly workload: WorkloadValue;
  readonly ingress: SideExposureValue;
  readonly egress: SideExposureValue;
  readonly entryPoints: readonly EntryPointValue[];
  readonly assumptions: readonly Assumption[];
}

export interface ExposureValue {
  readonly family: 4 | 6;
  readonly workloads: readonly WorkloadExposureValue[];
}

/** One end of changed flows: a workload, or blocks of addresses. */
export type DiffEndValue =
  | { readonly name: string; readonly identity: string; readonly only?: 'old' | 'new' }
  | { readonly blocks: readonly string[] };

export interface FlowChangeValue {
  readonly before: DiffDecision;
  readonly after: DiffDecision;
  readonly sources: readonly DiffEndValue[];
  readonly destinations: readonly DiffEndValue[];
  readonly traffic: TrafficValue;
  readonly witness: {
    /** `shop/web (Deployment)`, or an address. */
    readonly from: string;
    readonly to: string;
    readonly packet: Omit<SamplePacket, 'protocol'> & { readonly protocol: string };
    readonly before?: WitnessValue;
    readonly after?: WitnessValue;
  };
}

export interface ConnectivityDiffValue {
  readonly family: 4 | 6;
  readonly changes: readonly FlowChangeValue[];
  readonly ofAdded: readonly FlowChangeValue[];
  readonly ofRemoved: readonly FlowChangeValue[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The exposure of a cluster as plain JSON. */
export function exposureValue({ family, workloads }: Exposure): ExposureValue {
  return {
    family,
    workloads: workloads.map(({ workload, ingress, egress, entryPoints, assumptions }) => ({
      workload: workloadValue(workload),
      ingress: sideValue(ingress),
      egress: sideValue(egress),
      entryPoints: entryPoints.map(({ object, path, protocol, ...rest }) => ({
        ...rest,
        protocol: protocolName(protocol),
        at: reasonValue({ object, path, sentence: 'leads traffic from outside there' }),
      })),
      assumptions,
    })),
  };
}

/** The difference of two clusters as plain JSON. */
export function diffValue({
  family,
  changes,
  ofAdded,
  ofRemoved,
  added,
  removed,
}: ConnectivityDiff): ConnectivityDiffValue {
  return {
    family,
    changes: changes.map(changeValue),
    ofAdded: ofAdded.map(changeValue),
    ofRemoved: ofRemoved.map(changeValue),
    added: added.map(({ name }) => name),
    removed: removed.map(({ name }) => name),
  };
}

/** A workload as plain JSON. */
export function workloadValue({ name, pod }: FlowEnd): WorkloadValue {
  const { owner } = pod ?? {};
  const workload = owner === undefined ? '' : owner.name === '' ? owner.generateName : owner.name;
  return { name, namespace: pod?.namespace ?? '', kind: owner?.kind ?? '', workload };
}

/** The fewest blocks that are all the addresses of some ranges. */
export function blocksValue(ranges: readonly AddressRange[]): readonly string[] {
  return ranges.flatMap(({ first, last }) => blocksOfRange(first, last).map(formatCidr));
}

function sideValue({ isGoverned, outside, newPods }: SideExposure): SideExposureValue {
  return {
    isGoverned,
    outside: outside.map((each) => ({ blocks: blocksValue(each.ranges), ...exposedValue(each) })),
    newPods: newPods.map((each) => ({
      pods: each.pods.map(newPodValue),
      ...exposedValue(each),
      denied: trafficValue(each.denied),
    })),
  };
}

function newPodValue({
  name,
  namespace,
  namespaceLabels,
  labels,
  account,
  accountLabels,
}: RepresentativePod): NewPodValue {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    namespaceLabels,
    labels,
    ...(account === undefined ? {} : { account }),
    accountLabels,
  };
}

function exposedValue({ traffic, unknown, deciders }: ExposedTraffic): ExposedValue {
  return {
    allowed: trafficValue(traffic),
    unknown: trafficValue(unknown),
    deciders: deciders.map((each) => ({
      decision: each.decision,
      traffic: trafficValue(each.traffic),
      because: each.reasons.map(reasonValue),
    })),
  };
}

function changeValue({ before, after, sources, destinations, traffic, witness }: FlowChange): FlowChangeValue {
  const { source, destination, packet } = witness;
  const verdict = (said: typeof witness.before): WitnessValue | undefined =>
    said && { decision: said.decision, because: said.reasons.map(reasonValue) };
  const [was, is] = [verdict(witness.before), verdict(witness.after)];
  return {
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
