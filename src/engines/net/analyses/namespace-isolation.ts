import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { Direction } from '../form/normal-form.ts';
import { policiesOf } from '../model/policies.ts';
import { networkOf } from '../model/network-of.ts';
import { type FlowEnd, podFlowEnd } from '../packet/flow-end.ts';
import { sidesOf } from './sides.ts';

/** How far policies govern some pods of a namespace. */
export interface Isolation {
  /** The pods on which policies act. */
  readonly pods: readonly FlowEnd[];
  /** `none`: no policy selects any of them; `some`: there are pods whose ingress none governs; `all`: each is governed for ingress. */
  readonly isolation: 'none' | 'some' | 'all';
  /** The pods whose ingress certainly no policy governs. */
  readonly open: readonly (FlowEnd & { readonly pod: PodSource })[];
  /** Whether policies isolate a pod that is not deployed yet from other namespaces, or may, where it is not known whether they apply. */
  readonly isDenied: Readonly<Record<Direction, boolean>>;
  /** Whether policies govern the ingress of at least one pod. */
  readonly isGuarded: boolean;
  /** Whether policies govern the egress of at least one pod. */
  readonly isSealed: boolean;
}

/** How far policies govern pods of one namespace, each of which has an endpoint. */
export function isolationOf(cluster: Cluster, namespace: string, pods: readonly PodSource[]): Isolation {
  const { endpoints } = networkOf(cluster);
  const sides = sidesOf(cluster);
  const governed = (pod: PodSource, direction: Direction): boolean => {
    const endpoint = endpoints.get(pod);
    return endpoint !== undefined && sides.mayBeIsolated(endpoint, direction);
  };
  // Pods of jobs come and go; nobody connects to them.
  const serving = pods.filter(({ owner }) => owner.kind !== 'Job' && owner.kind !== 'CronJob');
  const open = serving.filter((pod) => !governed(pod, 'ingress'));
  const isSealed = pods.some((pod) => governed(pod, 'egress'));
  const isGuarded = pods.some((pod) => governed(pod, 'ingress'));
  const unsettled = policiesOf(networkOf(cluster).network).all.filter(
    (policy) =>
      policy.unsettled !== undefined && !policy.staged && (policy.namespace === '' || policy.namespace === namespace),
  );
  const denied = (direction: Direction): boolean =>
    sides.isDeniedByDefault(namespace, direction) || unsettled.some(({ governs }) => governs[direction]);
  const isDenied = { ingress: denied('ingress'), egress: denied('egress') };
  const isNone = open.length === serving.length && !isSealed && !isDenied.ingress && !isDenied.egress;
  return {
    pods: pods.map((pod) => podFlowEnd(cluster, pod)),
    isolation: isNone ? 'none' : open.length > 0 ? 'some' : 'all',
    open: open.map((pod) => ({ ...podFlowEnd(cluster, pod), pod })),
    isDenied,
    isGuarded,
    isSealed,
  };
}
