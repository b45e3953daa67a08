import type { Cluster } from '../../cluster/index/cluster.ts';
import type { EntryPoint } from '../../engines/net/model/entry-points.ts';
import { exposure as exposureOf } from '../../engines/net/analyses/exposure.ts';
import type { ExposedTraffic, SideExposure, WorkloadExposure } from '../../engines/net/analyses/exposure.ts';
import type { RepresentativePod } from '../../engines/net/analyses/representative-pods.ts';
import { networkOf } from '../../engines/net/model/network-of.ts';
import type { Assumption } from '../../engines/verdict.ts';
import { type ReasonValue, reasonValue } from '../values/reason-value.ts';
import { UsageError } from '../values/usage-error.ts';
import { type DecidedValue, decidedValue } from './decided.ts';
import { blocksValue, type WorkloadValue, workloadValue } from './ends.ts';
import type { FamilyOptions } from './family.ts';
import { type RefusedValue, refusedValue } from './refused.ts';
import { type TrafficValue, trafficValue } from './traffic-value.ts';
import { protocolName } from './traffic-words.ts';

/** Packets that one side of a workload allows, and those of which it is not known; who decides them. */
export interface ExposedValue {
  readonly allowed: TrafficValue;
  readonly unknown: TrafficValue;
  readonly deciders: readonly DecidedValue[];
}

/** One direction of a workload's traffic: with addresses outside, and with pods that no manifest holds yet. */
export interface SideExposureValue {
  /** Whether any policy applies to the workload in this direction. */
  readonly isGoverned: boolean;
  readonly outside: readonly (ExposedValue & { readonly blocks: readonly string[] })[];
  readonly newPods: readonly (ExposedValue & {
    readonly pods: readonly NewPodValue[];
    readonly denied: TrafficValue;
  })[];
}

/** Pods not yet written; see `RepresentativePod`. */
export type NewPodValue = Omit<RepresentativePod, 'endpoint'>;

/** What leads traffic from outside to a workload: the Service, Ingress, route or host port, and the port of the pod. */
export interface EntryPointValue extends Omit<EntryPoint, 'object' | 'path' | 'protocol'> {
  readonly protocol: string;
  readonly at: ReasonValue;
}

/** What one workload is exposed to. */
export interface WorkloadExposureValue {
  readonly workload: WorkloadValue;
  readonly ingress: SideExposureValue;
  readonly egress: SideExposureValue;
  readonly entryPoints: readonly EntryPointValue[];
  readonly assumptions: readonly Assumption[];
}

/** What `net exposure` answers: what `--format json` prints. */
export interface ExposureValue {
  readonly version: 1;
  readonly family: 4 | 6;
  readonly workloads: readonly WorkloadExposureValue[];
  /** Objects about traffic that have no effect. */
  readonly refused: readonly RefusedValue[];
}

/** What of the exposure is asked for. */
export interface ExposureRequest extends FamilyOptions {
  /** Only the workloads of these namespaces. */
  readonly namespaces?: readonly string[];
}

/**
 * What policies let in to each workload from outside and from pods that no manifest holds yet, what they let out there, and who decides it.
 * @throws UsageError for a namespace without pods.
 */
export function netExposure(cluster: Cluster, { family = 4, namespaces }: ExposureRequest = {}): ExposureValue {
  const { workloads } = exposureOf(cluster, { family });
  const missing = namespaces?.find((each) => !workloads.some(({ workload }) => workload.pod?.namespace === each));
  if (missing !== undefined) throw new UsageError(`no pod is in a namespace \`${missing}\``);
  const asked = workloads.filter(({ workload }) => namespaces?.includes(workload.pod?.namespace ?? '') ?? true);
  return {
    version: 1,
    family,
    workloads: asked.map(exposedWorkload),
    refused: networkOf(cluster).problems.map(refusedValue),
  };
}

function exposedWorkload({
  workload,
  ingress,
  egress,
  entryPoints,
  assumptions,
}: WorkloadExposure): WorkloadExposureValue {
  return {
    workload: workloadValue(workload),
    ingress: sideValue(ingress),
    egress: sideValue(egress),
    entryPoints: entryPoints.map(({ object, path, protocol, ...rest }) => ({
      ...rest,
      protocol: protocolName(protocol),
      at: reasonValue({ object, path, sentence: 'leads traffic from outside there' }),
    })),
    assumptions,
  };
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
    deciders: deciders.map(decidedValue),
  };
}
