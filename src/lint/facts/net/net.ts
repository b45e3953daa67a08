import { type ExistingNamespace, namespacesOf } from '../../../cluster/stored/existing.ts';
import { policyNetworkOf, restrictsTraffic } from '../../../engines/net/model/network-of.ts';
import type { FactContext } from '../fact-context.ts';
import { lazily } from '../lazily.ts';
import { addressFacts, type AddressFacts } from './addresses.ts';
import { backendFacts, type BackendFacts } from './backends.ts';
import { blockFacts, type BlockFacts } from './blocks.ts';
import { callerFacts, type CallerFacts } from './callers.ts';
import { exposureFacts, type ExposureFacts } from './exposures.ts';
import { hostFacts, type HostFacts } from './hosts.ts';
import { isolationFacts, type IsolationFacts } from './isolation.ts';
import { orderFacts, type OrderFacts } from './order.ts';
import { podFacts, type PodFacts } from './pods.ts';
import { policyFacts, type PolicyFacts } from './policies.ts';
import { redundancyFacts, type RedundancyFacts } from './redundancy.ts';
import { selectionFacts, type SelectionFacts } from './selections.ts';
import { serviceFacts, type ServiceFacts } from './services.ts';
import { stagedFacts, type StagedFacts } from './staged.ts';
import { systemPods, type SystemPods } from '../../../engines/net/analyses/system-pods.ts';
import { trafficFacts, type TrafficFacts } from './traffic.ts';

/** Questions about what traffic is allowed, and who decides it: one group for each subject. */
export interface NetFacts {
  /** Whether the cluster has policies or objects of Calico, the only ones that restrict traffic. Asking it builds no network. */
  readonly isRestricted: boolean;
  /** Network policies: as they are written, and as they are in force. */
  readonly policies: PolicyFacts;
  /** The order of tiers, policies and rules, and what it amounts to. */
  readonly order: OrderFacts;
  /** What staged policies would do. */
  readonly staged: StagedFacts;
  /** Policies and rules that change no flow. */
  readonly redundancy: RedundancyFacts;
  /** What selectors match, and what they nearly match. */
  readonly selections: SelectionFacts;
  /** Pods as Services and selectors find them. */
  readonly pods: PodFacts;
  /** Host endpoints, and policies for them. */
  readonly hosts: HostFacts;
  /** What policies do to pods that need not be in the tree. */
  readonly system: SystemPods;
  /** How far policies govern the pods of each namespace. */
  readonly isolation: IsolationFacts;
  /** What policies make of traffic, one side at a time. */
  readonly traffic: TrafficFacts;
  /** Services with the pods behind them. */
  readonly services: ServiceFacts;
  /** Services that Ingresses and routes send requests to. */
  readonly backends: BackendFacts;
  /** Who calls pods in every cluster: DNS, controllers of Ingresses, webhooks, Prometheus. */
  readonly callers: CallerFacts;
  /** What is open to the world outside, and who would keep it closed. */
  readonly exposures: ExposureFacts;
  /** Which addresses pods and Services have. */
  readonly addresses: AddressFacts;
  /** Blocks of addresses as Kubernetes and Calico read them. */
  readonly blocks: BlockFacts;
  /** The namespaces with their labels; one whose `object` is implicit is not declared, so that it may have more of them. */
  readonly namespaces: ReadonlyMap<string, ExistingNamespace>;
  isDeclared(namespace: string): boolean;
}

/** Each group is made when it is first asked. */
export const netFacts: (context: FactContext) => NetFacts = lazily<FactContext, NetFacts>({
  isRestricted: ({ cluster }) => restrictsTraffic(cluster),
  policies: policyFacts,
  order: orderFacts,
  staged: stagedFacts,
  redundancy: redundancyFacts,
  selections: selectionFacts,
  pods: podFacts,
  hosts: hostFacts,
  system: ({ cluster }) => systemPods(policyNetworkOf(cluster)),
  isolation: isolationFacts,
  traffic: trafficFacts,
  services: serviceFacts,
  backends: backendFacts,
  callers: callerFacts,
  exposures: exposureFacts,
  addresses: addressFacts,
  blocks: () => blockFacts,
  namespaces: ({ cluster }) => namespacesOf(cluster),
  isDeclared:
    ({ cluster }) =>
    (namespace) => {
      const found = namespacesOf(cluster).get(namespace);
      return found !== undefined && !('implicit' in found.object);
    },
});
