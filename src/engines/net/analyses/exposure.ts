import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { Assumption } from '../../verdict.ts';
import { record } from '../../../model/json.ts';
import { entryPoints } from '../model/entry-points.ts';
import type { EntryPoint } from '../model/entry-points.ts';
import { hostsActOnPods, nodeAssumption } from '../words/flow-assumptions.ts';
import { podFlowEnd } from '../packet/flow-end.ts';
import { ExposedSides, type SideExposure } from './exposed-sides.ts';
import type { FlowEnd } from '../packet/flow-end.ts';
import { networkOf } from '../model/network-of.ts';
import type { Direction, Family } from '../form/normal-form.ts';

export type { ExposedTraffic, SideExposure } from './exposed-sides.ts';

/** What may be reached from outside, and what it may reach. */
export interface WorkloadExposure {
  readonly workload: FlowEnd;
  readonly ingress: SideExposure;
  readonly egress: SideExposure;
  /** What leads traffic from outside there, whether policies let it in or not. */
  readonly entryPoints: readonly EntryPoint[];
  /** Where host endpoints may deny more, on the nodes that nobody names: to pods on the network of their node, and to others that pass one. */
  readonly assumptions: readonly Assumption[];
}

/** All workloads of a cluster, for one family of addresses. */
export interface Exposure {
  readonly family: Family;
  readonly workloads: readonly WorkloadExposure[];
}

/**
 * What policies let in to each workload's pods from outside of the cluster and from pods that nobody has written yet, and what they let out
 * there. `traffic` is what the workload's own side allows: a pod not yet written may be what it likes.
 */
export function exposure(cluster: Cluster, options: { readonly family?: Family } = {}): Exposure {
  const { family = 4 } = options;
  const { pods, network } = networkOf(cluster);
  const sides = new ExposedSides(cluster, family);
  const leading = entryPoints(cluster);
  const passing = hostsActOnPods(network) ? [nodeAssumption] : [];
  const workloads = pods.flatMap((pod): WorkloadExposure[] => {
    const workload = podFlowEnd(cluster, pod);
    const { endpoint } = workload;
    const common = { workload, entryPoints: leading.get(pod) ?? [] };
    if (endpoint !== undefined) {
      const side = (direction: Direction): SideExposure => sides.side(endpoint, direction);
      return [{ ...common, ingress: side('ingress'), egress: side('egress'), assumptions: passing }];
    }
    if (record(pod.pod.spec).hostNetwork !== true) return [];
    return [{ ...common, ...sides.onNode(pod) }];
  });
  return { family, workloads };
}
