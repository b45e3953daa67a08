import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { FlowEnd } from '../../../engines/net/packet/flow-end.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Direction } from '../../../engines/net/form/normal-form.ts';
import { clusterFacts, type ClusterFacts } from '../cluster.ts';
import { podFacts, type PodFacts } from './pods.ts';
import { policyFacts } from './policies.ts';
import { trafficFacts, type TrafficFacts } from './traffic.ts';
import type { Place } from '../../place.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';

/** How far policies govern the pods of a namespace. */
export interface NamespaceIsolation {
  readonly namespace: string;
  /** The manifest of the namespace, or of the first of its workloads. */
  readonly place: Place;
  /** The linted pods on which policies act. */
  readonly pods: readonly FlowEnd[];
  /** `none`: no policy selects any of them; `some`: there are pods whose ingress none governs; `all`: each is governed for ingress. */
  readonly isolation: 'none' | 'some' | 'all';
  /** The pods whose ingress certainly no policy governs. */
  readonly open: readonly (FlowEnd & { readonly pod: PodSource })[];
  /** Whether a pod that is yet to be written would be kept from strangers. */
  readonly isDenied: Readonly<Record<Direction, boolean>>;
  /** Whether some pod leaves its namespace out: then which one it lands in is said by whoever applies it. */
  readonly isGuessed: boolean;
  /** Whether policies govern the egress of at least one pod. */
  readonly isSealed: boolean;
}

export interface IsolationFacts {
  /** Whether the tree has any network policy, of whichever kind. */
  readonly hasPolicies: boolean;
  /** The namespaces with linted pods, in the order in which they are met. */
  readonly namespaces: readonly NamespaceIsolation[];
}

interface Asked {
  readonly cluster: ClusterFacts;
  readonly pods: PodFacts;
  readonly traffic: TrafficFacts;
}

/** Kinds of policy that k8sec does not judge: with one of them nothing can be called open. */
const foreignKinds = [
  ['cilium.io', 'CiliumNetworkPolicy'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy'],
  ['crd.antrea.io', 'ClusterNetworkPolicy'],
  ['crd.antrea.io', 'NetworkPolicy'],
] as const;

/** Asks the engine which policies govern the pods of each namespace. */
export function isolationFacts(context: FactContext): IsolationFacts {
  const facts: Asked = { cluster: clusterFacts(context), pods: podFacts(context), traffic: trafficFacts(context) };
  const isForeign = once(() => foreignKinds.some(([group, kind]) => facts.cluster.ofKind(group, kind).length > 0));
  const namespaces = once(() => {
    if (isForeign()) return [];
    const linted = facts.pods.all.filter(
      (pod) => facts.pods.endpointOf(pod) !== undefined && facts.cluster.isLinted(pod.owner),
    );
    return [...groupBy(linted, ({ namespace }) => namespace)].map(([namespace, pods]) =>
      isolationOf(facts, namespace, pods),
    );
  });
  return {
    get hasPolicies() {
      return policyFacts(context).all.length > 0;
    },
    get namespaces() {
      return namespaces();
    },
  };
}

function isolationOf(facts: Asked, namespace: string, pods: readonly PodSource[]): NamespaceIsolation {
  const { traffic, cluster } = facts;
  const governed = (pod: PodSource, direction: Direction): boolean => {
    const endpoint = facts.pods.endpointOf(pod);
    return endpoint !== undefined && traffic.mayBeIsolated(endpoint, direction);
  };
  // Pods of jobs come and go; nobody connects to them.
  const serving = pods.filter(({ owner }) => owner.kind !== 'Job' && owner.kind !== 'CronJob');
  const open = serving.filter((pod) => !governed(pod, 'ingress'));
  const isSealed = pods.some((pod) => governed(pod, 'egress'));
  const declared = cluster.find('', 'Namespace', '', namespace);
  const first = pods[0]?.owner;
  const isNone = open.length === serving.length && !isSealed;
  const isDenied = (direction: Direction): boolean => traffic.isDeniedByDefault(namespace, direction);
  const place = declared !== undefined && cluster.isLinted(declared) ? declared : first;
  if (place === undefined) throw new Error('a namespace without pods');
  return {
    namespace,
    place,
    pods: pods.map((pod) => traffic.podEnd(pod)),
    isolation: isNone && !isDenied('ingress') && !isDenied('egress') ? 'none' : open.length > 0 ? 'some' : 'all',
    open: open.map((pod) => ({ ...traffic.podEnd(pod), pod })),
    isDenied: { ingress: isDenied('ingress'), egress: isDenied('egress') },
    isSealed,
    isGuessed: pods.some(({ owner }) => owner.namespace === ''),
  };
}
