import type { PodSpec } from '../../model/kinds/pod.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm, Toleration } from '../../model/kinds/scheduling.ts';

/** What keeps pods away from a node that do not tolerate it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** A node as its manifest has it. */
export interface SchedulingNode {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly taints: readonly Taint[];
}

/** Why a node does not take a pod; `fits` also where a label that its kubelet or somebody else sets would have to be known. */
export type NodeFit =
  | { readonly decision: 'fits' }
  | { readonly decision: 'taint'; readonly taint: Taint }
  | { readonly decision: 'selector' };

/**
 * Whether a node takes a pod, by its taints, then by what the pod selects. Resources, ports, spread and other pods are not looked at. Mirrors
 * the plugins TaintToleration and NodeAffinity of pkg/scheduler/framework and k8s.io/component-helpers scheduling/corev1, v1.24.
 */
export function nodeFit({ tolerations = [], nodeSelector = {}, affinity }: PodSpec, node: SchedulingNode): NodeFit {
  const taint = node.taints.find(
    (each) => each.effect !== 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, each)),
  );
  if (taint !== undefined) return { decision: 'taint', taint };
  const isSelected = Object.entries(nodeSelector).every(([key, value]) =>
    mayMatch(node, { key, operator: 'In', values: [value] }),
  );
  if (!isSelected) return { decision: 'selector' };
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (terms === undefined || terms.some((term) => termMatches(node, term))) return { decision: 'fits' };
  return { decision: 'selector' };
}

/** Mirrors ToleratesTaint of k8s.io/api core/v1; operators of later versions are taken to cover the taint. */
function tolerates({ key = '', operator = '', value = '', effect = '' }: Toleration, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  return operator === '' || operator === 'Equal' ? value === taint.value : true;
}

/** A term without requirements matches no node. */
function termMatches(node: SchedulingNode, { matchExpressions = [], matchFields = [] }: NodeSelectorTerm): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const own: SchedulingNode = { ...node, labels: new Map([['metadata.name', node.name]]) };
  return (
    matchExpressions.every((requirement) => mayMatch(node, requirement)) &&
    matchFields.every((requirement) => mayMatch(own, requirement))
  );
}

function mayMatch({ labels }: SchedulingNode, { key = '', operator, values = [] }: NodeSelectorRequirement): boolean {
  const value = labels.get(key);
  if (value === undefined && isSetByOthers(key)) return true;
  const [bound = ''] = values;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(bound);
    case 'Lt':
      return value !== undefined && Number(value) < Number(bound);
    default:
      return true;
  }
}

/** Labels that kubelets, cloud providers and the like set on a node, so that a manifest without them says nothing; roles are an administrator's. */
function isSetByOthers(key: string): boolean {
  const [prefix = '', name] = key.split('/');
  if (name === undefined || prefix === 'node-role.kubernetes.io' || prefix === 'node-restriction.kubernetes.io')
    return false;
  return /(?:^|\.)(?:kubernetes\.io|k8s\.io|amazonaws\.com|google\.com|azure\.com)$/.test(prefix);
}
