import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { record } from '../../model/json.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { FieldPath } from '../../text/tree.ts';
import { podAdmission } from './pod-admission.ts';
import { declaredNodes } from '../scheduling/declared-nodes.ts';
import { nodeFit, type Taint } from '../scheduling/node-fit.ts';

/** Why no Node takes a pod. */
export interface Unschedulable {
  /** Each reason with the names of its Nodes. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  /** The field of the pod that keeps it from them, as far as it has one. */
  readonly path: FieldPath;
}

/**
 * Why no declared Node takes a pod as admission leaves it; undefined where one does, no Node is declared, or the pod is not the scheduler's:
 * a static pod, one of a DaemonSet, one with a node, a gate or a scheduler of its own.
 */
export function unschedulable(cluster: Cluster, pod: PodSource): Unschedulable | undefined {
  const nodes = declaredNodes(cluster);
  // The DaemonSet controller picks the nodes itself.
  if (nodes.length === 0 || pod.creator.kind === 'kubelet' || pod.owner.kind === 'DaemonSet') return undefined;
  const spec: PodSpec = record(podAdmission(cluster, pod).object.spec);
  const { nodeName = '', schedulerName = '', schedulingGates = [] } = spec;
  if (nodeName !== '' || schedulingGates.length > 0) return undefined;
  if (schedulerName !== '' && schedulerName !== 'default-scheduler') return undefined;
  const reasons = new Map<string, string[]>();
  let isSelector = false;
  for (const node of nodes) {
    const fit = nodeFit(spec, node);
    if (fit.decision === 'fits') return undefined;
    isSelector ||= fit.decision === 'selector';
    const reason =
      fit.decision === 'taint'
        ? `taint \`${taintText(fit.taint)}\` not tolerated`
        : 'its labels do not match the selector or affinity';
    reasons.set(reason, [...(reasons.get(reason) ?? []), node.name]);
  }
  const written = record(pod.pod.spec);
  const field = (isSelector ? ['nodeSelector', 'affinity'] : ['tolerations']).find((name) => name in written);
  return { reasons, path: field === undefined ? ['spec'] : ['spec', field] };
}

function taintText({ key, value, effect }: Taint): string {
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`;
}
