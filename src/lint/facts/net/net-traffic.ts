import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { isNormal, selectTiers } from '../../../engines/net/packet/evaluate-endpoint.ts';
import type { FlowEnd } from '../../../engines/net/packet/flow-end.ts';
import { type FlowAnswer, flowVerdict } from '../../../engines/net/ask/flow-verdict.ts';
import { type FlowDecision } from '../../../engines/net/form/packet.ts';
import type { ClusterNetwork } from '../../../engines/net/model/network-of.ts';
import type { Direction, Policy } from '../../../engines/net/form/normal-form.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import type { TierPolicies } from '../../../engines/net/model/policy-index.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { Sides } from './net-sides.ts';
import { type Strangers, strangersOf } from './net-strangers.ts';
import { once } from '../once.ts';
import { writtenTogether } from '../written-together.ts';

/** Questions about what policies make of traffic, one side at a time. */
export interface TrafficFacts {
  readonly strangers: Strangers;
  /** The policies in force that certainly select an endpoint and govern a direction, in order. */
  isolators(endpoint: Endpoint, direction: Direction): readonly Policy[];
  /** Whether policies govern a direction of an endpoint, or may. */
  mayBeIsolated(endpoint: Endpoint, direction: Direction): boolean;
  /** The same for endpoints that no policy of a direction tells apart on their own side. */
  kindOf(endpoint: Endpoint, direction: Direction): string;
  /** Whether the policies of a pod were written for the same cluster and namespace as another manifest, as far as one can see. */
  isCloseBy(object: ManifestObject, pod: PodSource, direction: Direction): boolean;
  /** What the policies of one endpoint say of a flow, whatever the other end's say. */
  side(direction: Direction, from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowDecision;
  /** Both sides, with their reasons. */
  flow(from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowAnswer;
  /** Whether the policies of an endpoint certainly deny all packets of a protocol between it and another end. */
  deniesAll(endpoint: Endpoint, direction: Direction, other: FlowEnd, protocol: number): boolean;
  /** Whether a pod that nobody has written yet is kept from strangers in a direction, whichever labels it gets. */
  isDeniedByDefault(namespace: string, direction: Direction): boolean;
}

/** Answers by the network engine. */
export function trafficFacts(cluster: Cluster, known: () => ClusterNetwork): TrafficFacts {
  const strangers = once(() => strangersOf(known()));
  const sides = once(() => new Sides(cluster, known().network));
  const tiersOf = (endpoint: Endpoint, direction: Direction): readonly TierPolicies[] =>
    selectTiers(known().network, endpoint, direction, isNormal);
  const side: TrafficFacts['side'] = (...question) => sides().decide(...question);
  return {
    get strangers() {
      return strangers();
    },
    isolators: (endpoint, direction) =>
      tiersOf(endpoint, direction).flatMap(({ policies, uncertain }) =>
        policies.filter((policy) => !policy.staged && !uncertain.has(policy)),
      ),
    mayBeIsolated: (endpoint, direction) =>
      tiersOf(endpoint, direction).some(({ policies }) => policies.some((policy) => !policy.staged)),
    kindOf: (endpoint, direction) => sides().kindOf(endpoint, direction),
    isCloseBy: (object, pod, direction) => {
      const endpoint = known().endpoints.get(pod);
      const policies = endpoint === undefined ? [] : tiersOf(endpoint, direction).flatMap((tier) => tier.policies);
      return policies.every(({ origin: { object: policy } }) => {
        if (policy.manifest === undefined || policy.namespace === '') return true;
        return writtenTogether(policy.manifest, object) && writtenTogether(policy.manifest, pod.owner);
      });
    },
    side,
    flow: (from, to, protocol, port) => flowVerdict(cluster, { from, to, protocol, port }),
    deniesAll: (...question) => sides().deniesAll(...question),
    isDeniedByDefault: (namespace, direction) => {
      const plain = strangers().plainPodIn(namespace);
      const { nobody } = strangers();
      const [from, to] = direction === 'ingress' ? [nobody, plain] : [plain, nobody];
      return side(direction, from, to, 6, 65000) === 'deny';
    },
  };
}
