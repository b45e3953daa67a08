import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { addressFlowEnd, type FlowEnd, internetFlowEnds, podFlowEnd } from '../../../engines/net/packet/flow-end.ts';
import { type FlowAnswer, flowVerdict } from '../../../engines/net/ask/flow-verdict.ts';
import type { FlowDecision } from '../../../engines/net/form/packet.ts';
import { networkOf } from '../../../engines/net/model/network-of.ts';
import type { Direction, Policy } from '../../../engines/net/form/normal-form.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { sidesOf } from '../../../engines/net/analyses/sides.ts';
import type { Strangers } from '../../../engines/net/analyses/strangers.ts';
import { once } from '../../../lang/once.ts';
import { writtenTogether } from '../written-together.ts';
import type { FactContext } from '../fact-context.ts';
import { remembered } from '../remembered.ts';

/** Questions about what policies make of traffic, one side at a time. */
export interface TrafficFacts {
  readonly strangers: Strangers;
  podEnd(pod: PodSource): FlowEnd;
  addressEnd(text: string): FlowEnd | undefined;
  internetEnds(): readonly FlowEnd[];
  /** The policies in force that certainly select an endpoint and govern a direction, in order. */
  isolators(endpoint: Endpoint, direction: Direction): readonly Policy[];
  /** Whether policies govern a direction of an endpoint, or may. */
  mayBeIsolated(endpoint: Endpoint, direction: Direction): boolean;
  /** The same for endpoints that no policy of a direction tells apart on their own side. */
  kindOf(endpoint: Endpoint, direction: Direction): string;
  /** The manifests of the namespaced policies that govern a direction of a pod, or may. */
  policiesAt(pod: PodSource, direction: Direction): readonly ManifestObject[];
  /** Whether the policies of a pod were written for the same cluster and namespace as another manifest, as far as one can see. */
  isCloseBy(object: ManifestObject, pod: PodSource, direction: Direction): boolean;
  /** What the policies of one endpoint say about a flow, whatever the other end's say. */
  side(direction: Direction, from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowDecision;
  /** Both sides, with their reasons. */
  flow(from: FlowEnd, to: FlowEnd, protocol: number, port: number): FlowAnswer;
  /** Whether the policies of an endpoint certainly deny all packets of a protocol between it and another end. */
  deniesAll(endpoint: Endpoint, direction: Direction, other: FlowEnd, protocol: number): boolean;
  /** Whether policies isolate a pod that is not deployed yet in a direction, whichever labels it gets. */
  isDeniedByDefault(namespace: string, direction: Direction): boolean;
}

/** Answers by the network engine. */
export const trafficFacts = remembered(({ cluster }: FactContext): TrafficFacts => {
  const sides = once(() => sidesOf(cluster));
  const policiesAt = (pod: PodSource, direction: Direction): readonly ManifestObject[] => {
    const endpoint = networkOf(cluster).endpoints.get(pod);
    const tiers = endpoint === undefined ? [] : sides().tiersOf(endpoint, direction);
    return tiers
      .flatMap(({ policies }) => policies)
      .flatMap(({ origin: { object } }) =>
        object.manifest === undefined || object.namespace === '' ? [] : [object.manifest],
      );
  };
  return {
    get strangers() {
      return sides().strangers;
    },
    podEnd: (pod) => podFlowEnd(cluster, pod),
    addressEnd: addressFlowEnd,
    internetEnds: () => internetFlowEnds(cluster),
    isolators: (...asked) => sides().isolators(...asked),
    mayBeIsolated: (...asked) => sides().mayBeIsolated(...asked),
    kindOf: (...asked) => sides().kindOf(...asked),
    policiesAt,
    isCloseBy: (object, pod, direction) =>
      policiesAt(pod, direction).every(
        (policy) => writtenTogether(policy, object) && writtenTogether(policy, pod.owner),
      ),
    side: (...question) => sides().decide(...question),
    flow: (from, to, protocol, port) => flowVerdict(cluster, { from, to, protocol, port }),
    deniesAll: (...question) => sides().deniesAll(...question),
    isDeniedByDefault: (...asked) => sides().isDeniedByDefault(...asked),
  };
});
