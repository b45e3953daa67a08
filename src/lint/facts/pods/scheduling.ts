import { findObject } from '../../../cluster/index/object-index.ts';
import { stringAt } from '../../../cluster/index/field-node.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { type DeclaredNode, declaredNodes } from '../../../engines/scheduling/declared-nodes.ts';
import { unschedulable, type Unschedulable } from '../../../engines/admission/unschedulable.ts';
import { record } from '../../../model/json.ts';
import type { PodSpec } from '../../../model/kinds/pod.ts';
import type { Toleration } from '../../../model/kinds/scheduling.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { FactContext } from '../fact-context.ts';

/** A toleration of a pod, as it is written, and where. */
export interface WrittenToleration extends Toleration {
  readonly path: FieldPath;
}

/** Which nodes take which pods, as far as manifests tell. */
export interface SchedulingFacts {
  /** The declared Nodes, context ones included. */
  readonly nodes: readonly DeclaredNode[];
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
   * Whether a pod may have to run before nodes are ready, as what brings up the network does: it is on the host network, or in a namespace
   * `…-system`, where clusters keep parts of their own.
   */
  maySupportNodes(pod: PodSource): boolean;
  /**
   * Why no declared Node takes a pod as admission leaves it, each reason with the names of its Nodes; undefined where one does, no Node is
   * declared, or the pod is not the scheduler's.
   */
  unschedulable(pod: PodSource): Unschedulable | undefined;
}

const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Answers from the Nodes that manifests declare. */
export function schedulingFacts({ cluster }: FactContext): SchedulingFacts {
  const spec = (pod: PodSource): PodSpec => record(pod.pod.spec);
  return {
    get nodes() {
      return declaredNodes(cluster);
    },
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
    maySupportNodes: (pod) => spec(pod).hostNetwork === true || /(?:^|-)system$/.test(pod.namespace),
    unschedulable: (pod) => unschedulable(cluster, pod),
  };
}
