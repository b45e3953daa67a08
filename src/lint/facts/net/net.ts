import type { Cluster } from '../../../cluster/index/cluster.ts';
import { type ExistingNamespace, namespacesOf } from '../../../cluster/stored/existing.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import {
  addressFlowEnd,
  type FlowEnd,
  internetFlowEnds,
  podFlowEnd,
  podTitle,
} from '../../../engines/net/packet/flow-end.ts';
import { type FlowAnswer, flowVerdict } from '../../../engines/net/ask/flow-verdict.ts';
import { type FlowQuestion } from '../../../engines/net/packet/flow-end.ts';
import type { Network } from '../../../engines/net/model/network.ts';
import { type NetworkProblem, networkOf } from '../../../engines/net/model/network-of.ts';
import type { Policy, Tier } from '../../../engines/net/form/normal-form.ts';
import type { Endpoint } from '../../../engines/net/form/owner.ts';
import { objectTitle, policyPlace } from '../../../engines/net/words/policy-words.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { tierEndFacts, type TierEndFacts } from './net-ends.ts';
import { hostFacts, type HostFacts } from './net-hosts.ts';
import { netIndex } from './net-index.ts';
import { type OrderFacts, orderFacts } from './net-order.ts';
import { netSelectors, type NetSelectors } from './net-selectors.ts';
import { type NetService, netServices } from './net-services.ts';
import { stagedFacts, type StagedFacts } from './net-staged.ts';
import { systemFacts, type SystemFacts } from './net-system.ts';
import { once } from '../once.ts';

/** The endpoints that a policy selects: for certain, and those of which the manifests do not say. */
export interface PolicySubjects {
  readonly sure: readonly Endpoint[];
  readonly possible: readonly Endpoint[];
}

/** Questions about what traffic is allowed, and who decides it. */
export interface NetFacts {
  /** The normal form that decides traffic. */
  readonly network: Network;
  /** What was refused or has not the effect that it asks for, and by whom. */
  readonly problems: readonly NetworkProblem[];
  problemsOf(object: ManifestObject): readonly NetworkProblem[];
  /** In order of evaluation, each with its policies in order; staged ones are among them. */
  readonly tiers: readonly Tier[];
  /** All policies in the order in which they are evaluated. */
  readonly policies: readonly Policy[];
  /** The policies that an object became: none if it was refused. */
  policiesOf(object: ManifestObject): readonly Policy[];
  /** The tier of a policy. */
  tierOf(policy: Policy): Tier;
  /** The pods and host endpoints that a policy selects. */
  subjects(policy: Policy): PolicySubjects;
  /** The pods that manifests lead to; those on their node's network have no endpoint. */
  readonly pods: readonly PodSource[];
  endpointOf(pod: PodSource): Endpoint | undefined;
  /** What the order of policies and rules amounts to. */
  readonly order: OrderFacts;
  /** What the ends of tiers do. */
  readonly ends: TierEndFacts;
  /** What staged policies would do. */
  readonly staged: StagedFacts;
  /** Host endpoints, and policies for them. */
  readonly hosts: HostFacts;
  /** What policies do to pods that need not be in the tree. */
  readonly system: SystemFacts;
  /** What selectors match, and what they nearly match. */
  readonly selectors: NetSelectors;
  /** The existing Services with the pods behind them. */
  readonly services: readonly NetService[];
  servicesOf(pod: PodSource): readonly NetService[];
  /** The namespaces with their labels; one whose `object` is implicit is not declared, so that it may have more of them. */
  readonly namespaces: ReadonlyMap<string, ExistingNamespace>;
  isDeclared(namespace: string): boolean;
  /** Who decides the first packet of a flow. */
  flow(question: FlowQuestion): FlowAnswer;
  podEnd(pod: PodSource): FlowEnd;
  addressEnd(text: string): FlowEnd | undefined;
  internetEnds(): readonly FlowEnd[];
  /** `NetworkPolicy wordpress/allow-egress`. */
  title(policy: Policy): string;
  /** `tier default, order 200`. */
  place(policy: Policy): string;
  /** `shop/web (Deployment)`; a host endpoint by its name. */
  describe(endpoint: Endpoint): string;
}

/** Answers by the network engine. */
export function netFacts(cluster: Cluster): NetFacts {
  const known = once(() => networkOf(cluster));
  const index = once(() => netIndex(known()));
  const order = once(() => orderFacts(known().network, index));
  const ends = once(() => tierEndFacts(known().network));
  const staged = once(() => stagedFacts(known().network));
  const hosts = once(() => hostFacts(cluster, known().network));
  const system = once(() => systemFacts(known().network));
  const selectors = once(() => netSelectors(cluster, known().network));
  const services = once(() => netServices(cluster, known().pods));
  return {
    get network() {
      return known().network;
    },
    get problems() {
      return known().problems;
    },
    problemsOf: (object) => index().problems.get(object) ?? [],
    get tiers() {
      return known().network.tiers;
    },
    get policies() {
      return index().policies;
    },
    policiesOf: (object) => index().policiesOf.get(object) ?? [],
    tierOf: (policy) => index().tierOf(policy),
    subjects: (policy) => index().subjects.get(policy) ?? { sure: [], possible: [] },
    get pods() {
      return known().pods;
    },
    endpointOf: (pod) => known().endpoints.get(pod),
    get order() {
      return order();
    },
    get ends() {
      return ends();
    },
    get staged() {
      return staged();
    },
    get hosts() {
      return hosts();
    },
    get system() {
      return system();
    },
    get selectors() {
      return selectors();
    },
    get services() {
      return services().all;
    },
    servicesOf: (pod) => services().ofPod.get(pod) ?? [],
    get namespaces() {
      return namespacesOf(cluster);
    },
    isDeclared: (namespace) => {
      const found = namespacesOf(cluster).get(namespace);
      return found !== undefined && !('implicit' in found.object);
    },
    flow: (question) => flowVerdict(cluster, question),
    podEnd: (pod) => podFlowEnd(cluster, pod),
    addressEnd: addressFlowEnd,
    internetEnds: () => internetFlowEnds(cluster),
    title: ({ origin }) => objectTitle(origin.object),
    place: policyPlace,
    describe: ({ object }) => (object.source === undefined ? objectTitle(object) : podTitle(object.source)),
  };
}
