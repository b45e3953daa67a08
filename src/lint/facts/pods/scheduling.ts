import type { Cluster } from '../../../cluster/index/cluster.ts';
import { findObject, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { stringAt } from '../../../cluster/index/field-node.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podAdmission } from '../../../engines/admission/pod-admission.ts';
import { nodeFit, type SchedulingNode, type Taint } from '../../../engines/scheduling/node-fit.ts';
import { record } from '../../../model/json.ts';
import { asWritten } from '../../../model/as-written.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FieldPath } from '../../../text/tree.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';

/** A Node that the tree declares. */
export interface DeclaredNode extends SchedulingNode {
  readonly object: ManifestObject;
}

/** A toleration of a pod, as it is written, and where. */
export interface WrittenToleration extends Toleration {
  readonly path: FieldPath;
}

/** Which nodes take which pods, as far as manifests tell. */
export interface SchedulingFacts {
  /** The declared Nodes, context ones included. */
  readonly nodes: readonly DeclaredNode[];
  /** Whether the configuration says that there is nothing beside the tree. */
  readonly isComplete: boolean;
  /** What a pod selects and tolerates, as it is written. */
  spec(pod: PodSource): PodSpec;
  tolerations(pod: PodSource): readonly WrittenToleration[];
  /** An annotation of a pod; undefined where it has none of that name. */
  annotation(pod: PodSource, name: string): string | undefined;
  /** The handler of a declared runtime class; undefined where no manifest declares it. */
  handlerOf(runtimeClass: string): string | undefined;
  /**
   * Whether a pod is part of the cluster rather than run by it: of kube-system, of a DaemonSet (one on every node is the point of it), a static
   * pod, or of a priority of the system.
   */
  isSystem(pod: PodSource): boolean;
  /**
   * Why no declared Node takes a pod as admission leaves it, each reason with the names of its Nodes; undefined where one does, no Node is
   * declared, or the pod is not the scheduler's.
   */
  unschedulable(
    pod: PodSource,
  ): { readonly reasons: ReadonlyMap<string, readonly string[]>; readonly path: FieldPath } | undefined;
}

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Answers from the Nodes that manifests declare. */
export function schedulingFacts({ cluster }: FactContext): SchedulingFacts {
  const nodes = once(() => objectsOfKind(cluster, '', 'Node').map(declaredNode));
  const spec = (pod: PodSource): PodSpec => record(pod.pod.spec);
  return {
    get nodes() {
      return nodes();
    },
    isComplete: cluster.settings.complete === true,
    spec,
    tolerations: (pod) =>
      (spec(pod).tolerations ?? []).map((each, index) => ({ ...each, path: ['spec', 'tolerations', index] })),
    annotation: (pod, name) => {
      const value = record(record(pod.pod.metadata).annotations)[name];
      return typeof value === 'string' ? value : undefined;
    },
    handlerOf: (name) => {
      const object = findObject(cluster, 'node.k8s.io', 'RuntimeClass', '', name);
      // Before v1beta1 the handler was in a spec.
      return object && (stringAt(object.node, ['handler']) || stringAt(object.node, ['spec', 'runtimeHandler']));
    },
    isSystem: (pod) =>
      pod.creator.kind === 'kubelet' ||
      pod.owner.kind === 'DaemonSet' ||
      SYSTEM_NAMESPACES.includes(pod.namespace) ||
      spec(pod).priorityClassName?.startsWith('system-') === true,
    unschedulable: (pod) => (nodes().length === 0 ? undefined : unschedulable(cluster, pod, nodes())),
  };
}

function unschedulable(
  cluster: Cluster,
  pod: PodSource,
  nodes: readonly DeclaredNode[],
): ReturnType<SchedulingFacts['unschedulable']> {
  // The DaemonSet controller picks the nodes itself.
  if (pod.creator.kind === 'kubelet' || pod.owner.kind === 'DaemonSet') return undefined;
  const { object } = podAdmission(cluster, pod);
  const spec: PodSpec = record(object.spec);
  const { nodeName = '', schedulerName = '', schedulingGates = [] } = spec;
  if (nodeName !== '' || schedulingGates.length > 0) return undefined;
  if (schedulerName !== '' && schedulerName !== 'default-scheduler') return undefined;
  const reasons = new Map<string, string[]>();
  let isSelector = false;
  for (const node of nodes) {
    const fit = nodeFit(spec, node);
    if (fit.decision === 'fits') return undefined;
    isSelector ||= fit.decision === 'selector';
    const reason = fit.decision === 'taint' ? `taint \`${taintText(fit.taint)}\` not tolerated` : 'not selected';
    reasons.set(reason, [...(reasons.get(reason) ?? []), node.name]);
  }
  const written = record(pod.pod.spec);
  const field = (isSelector ? ['nodeSelector', 'affinity'] : ['tolerations']).find((name) => name in written);
  return { reasons, path: field === undefined ? ['spec'] : ['spec', field] };
}

function taintText({ key, value, effect }: Taint): string {
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`;
}

function declaredNode(object: ManifestObject): DeclaredNode {
  const value = asWritten(object);
  const { labels } = record(value.metadata);
  const { taints, unschedulable: cordoned } = record(value.spec);
  const written = Array.isArray(taints) ? taints.map((each) => taintOf(record(each))) : [];
  const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };
  return {
    object,
    name: object.name,
    labels: new Map(
      Object.entries(record(labels)).flatMap(([key, label]) => (typeof label === 'string' ? [[key, label]] : [])),
    ),
    taints: cordoned === true ? [...written, cordon] : written,
  };
}

function taintOf({ key, value, effect }: Readonly<Record<string, unknown>>): Taint {
  const text = (field: unknown): string => (typeof field === 'string' ? field : '');
  return { key: text(key), value: text(value), effect: text(effect) };
}
