import type { Cluster } from '../cluster/index/cluster.ts';
import { networkOf } from '../engines/net/model/network-of.ts';
import type { ManifestObject } from '../model/object.ts';
import type { Problem, SourceDocument } from '../text/source.ts';
import { calicoFacts, type CalicoFacts } from './facts/calico.ts';
import { clusterFacts, type ClusterFacts } from './facts/cluster.ts';
import { componentFacts, type ComponentFacts } from './facts/components.ts';
import { migrationFacts, type MigrationFacts } from './facts/pods/migration.ts';
import { netFacts, type NetFacts } from './facts/net/net.ts';
import { netPodFacts, type NetPodFacts } from './facts/net/net-pods.ts';
import { netPolicyFacts, type NetPolicyFacts } from './facts/net/net-policies.ts';
import { backendFacts, type BackendFacts } from './facts/net/net-backends.ts';
import { missFacts, type MissFacts } from './facts/net/net-misses.ts';
import { callerFacts, type CallerFacts } from './facts/net/net-callers.ts';
import { scrapeFacts, type ScrapeFacts } from './facts/net/net-scrapes.ts';
import { selectionFacts, type SelectionFacts } from './facts/net/net-selections.ts';
import { isolationFacts, type IsolationFacts } from './facts/net/net-isolation.ts';
import { redundancyFacts, type RedundancyFacts } from './facts/net/net-redundancy.ts';
import { addressFacts, type AddressFacts } from './facts/net/net-addresses.ts';
import { exposureFacts, type ExposureFacts } from './facts/net/net-exposures.ts';
import { trafficFacts, type TrafficFacts } from './facts/net/net-traffic.ts';
import { imagePolicyFacts, type ImagePolicyFacts } from './facts/image-policies.ts';
import { namespaceFacts, type NamespaceFacts } from './facts/namespaces.ts';
import { pluginFacts, type PluginFacts } from './facts/plugins.ts';
import { problemFacts, type ProblemFacts } from './facts/problems.ts';
import { psaFacts, type PsaFacts } from './facts/pods/psa.ts';
import { pspFacts, type PolicySubject, type PspFacts } from './facts/pods/psp.ts';
import { quotaFacts, type QuotaFacts } from './facts/pods/quota.ts';
import { rbacFacts, type RbacFacts } from './facts/rbac.ts';
import { schedulingFacts, type SchedulingFacts } from './facts/pods/scheduling.ts';
import { serverFileFacts, type ServerFileFacts } from './facts/server-files.ts';
import { startFacts, type StartFacts } from './facts/pods/start.ts';
import { storageFacts, type StorageFacts } from './facts/storage.ts';
import type { UseGrant } from './facts/pods/use-grants.ts';

export type {
  CalicoFacts,
  ClusterFacts,
  ComponentFacts,
  NetFacts,
  NamespaceFacts,
  NetPolicyFacts,
  PluginFacts,
  PolicySubject,
  ProblemFacts,
  PsaFacts,
  PspFacts,
  QuotaFacts,
  RbacFacts,
  ServerFileFacts,
  StartFacts,
  StorageFacts,
  UseGrant,
};

/** Questions a rule may ask. Each is answered when first asked, and remembered. One line here and one below for a new engine. */
export interface Facts {
  /** The cluster's objects, pods and policies, and what is settled about it. */
  readonly cluster: ClusterFacts;
  /** The components of the control plane and of nodes, and their flags. */
  readonly components: ComponentFacts;
  /** Files that a kube-apiserver reads beside its flags. */
  readonly serverFiles: ServerFileFacts;
  /** Calico's own objects, as they are written. */
  readonly calico: CalicoFacts;
  /** What reading and decoding the files found. */
  readonly problems: ProblemFacts;
  /** Who may do what. */
  readonly rbac: RbacFacts;
  /** What traffic is allowed, and who decides it. */
  readonly net: NetFacts;
  /** Where requests from outside are sent to. */
  readonly netBackends: BackendFacts;
  /** Who calls pods in every cluster: DNS, controllers of Ingresses, webhooks. */
  readonly netCallers: CallerFacts;
  /** What the selectors of policies come to. */
  readonly netSelections: SelectionFacts;
  /** How far policies govern the pods of each namespace. */
  readonly netIsolation: IsolationFacts;
  /** Policies and rules that change no flow. */
  readonly netRedundancy: RedundancyFacts;
  /** Which addresses pods and Services have. */
  readonly netAddresses: AddressFacts;
  /** What is open to the world outside, and who would keep it closed. */
  readonly netExposures: ExposureFacts;
  /** Who fetches metrics, and from where. */
  readonly netScrapes: ScrapeFacts;
  /** What policies make of traffic, one side at a time. */
  readonly netTraffic: TrafficFacts;
  /** Pods as Services and selectors find them. */
  readonly netPods: NetPodFacts;
  /** Selectors that are one edit away from matching something. */
  readonly netMisses: MissFacts;
  /** Network policies as they are written. */
  readonly netPolicies: NetPolicyFacts;
  /** PodSecurityPolicies and what their plugin decides. */
  readonly psp: PspFacts;
  /** Where the tree puts its objects. */
  readonly namespaces: NamespaceFacts;
  /** The admission plugins that kube-apiservers are told of. */
  readonly plugins: PluginFacts;
  /** What quotas and LimitRanges make of the tree. */
  readonly quota: QuotaFacts;
  /** Whether admitted pods start. */
  readonly start: StartFacts;
  /** Which nodes take which pods. */
  readonly scheduling: SchedulingFacts;
  /** Which images Portieris lets run. */
  readonly imagePolicies: ImagePolicyFacts;
  /** Which storage classes claims get. */
  readonly storage: StorageFacts;
  /** Pod Security Admission: namespaces' levels, and what they decide. */
  readonly psa: PsaFacts;
  /** What other versions make of the same pods, and levels of what policies admit. */
  readonly migration: MigrationFacts;
}

/** A cluster as the linter meets it. */
export interface LintedCluster {
  readonly cluster: Cluster;
  /** The documents of its linted files. */
  readonly documents: readonly SourceDocument[];
  /** What reading and decoding those documents found. */
  readonly problems: readonly Problem[];
  /** The paths of files that a kustomization changes before they are applied; none when absent. */
  readonly transformed?: ReadonlySet<string>;
  /** Whether a patch of a kustomization targets an object before it is applied; none is when absent. */
  readonly isPatched?: (object: ManifestObject) => boolean;
  /** The paths of files that a kustomization applies together with files of another cluster, where clusters are guessed; none when absent. */
  readonly joined?: ReadonlySet<string>;
}

/** The facts of one cluster; `clusters` are all of the tree. */
export function collectFacts(
  { cluster, documents, problems, transformed = new Set(), joined = new Set() }: LintedCluster,
  clusters: readonly Cluster[],
): Facts {
  const facts: Facts = lazily({
    calico: () => calicoFacts(cluster),
    cluster: () => clusterFacts(cluster, documents, transformed),
    components: () => componentFacts(cluster),
    serverFiles: () => serverFileFacts(cluster),
    namespaces: () => namespaceFacts(cluster, transformed),
    plugins: () => pluginFacts(cluster),
    quota: () => quotaFacts(cluster),
    storage: () => storageFacts(cluster),
    scheduling: () => schedulingFacts(cluster),
    imagePolicies: () => imagePolicyFacts(cluster),
    problems: () => problemFacts(cluster, problems, clusters),
    rbac: () => rbacFacts(cluster),
    net: () => netFacts(cluster),
    netBackends: () =>
      backendFacts(
        cluster,
        () => facts.net.services,
        () => ['parse', 'not-rendered'].some((rule) => facts.problems.of(rule).length > 0),
      ),
    netPods: () =>
      netPodFacts(
        cluster,
        () => networkOf(cluster),
        (object) => facts.cluster.isTransformed(object),
        ({ document }) => joined.has(document.file.path),
      ),
    netCallers: () =>
      callerFacts(
        cluster,
        () => facts.net.pods,
        () => facts.net.services,
      ),
    netScrapes: () =>
      scrapeFacts(
        cluster,
        () => facts.net.pods,
        () => facts.net.services,
      ),
    netSelections: () => selectionFacts(facts),
    netIsolation: () => isolationFacts(facts),
    netRedundancy: () => redundancyFacts(facts),
    netAddresses: () => addressFacts(cluster, () => facts.net.services),
    netExposures: () => exposureFacts(facts),
    netTraffic: () => trafficFacts(cluster, () => networkOf(cluster)),
    netMisses: () => missFacts(() => networkOf(cluster)),
    netPolicies: () => netPolicyFacts(cluster),
    psp: () => pspFacts(cluster, transformed),
    psa: () => psaFacts(cluster),
    migration: () => migrationFacts(cluster),
    start: () => startFacts(cluster, facts.psp),
  });
  return facts;
}

/** An object whose properties are computed when first read. */
function lazily<Values extends object>(makers: { readonly [Name in keyof Values]: () => Values[Name] }): Values {
  const values = {} as Values;
  for (const name of Object.keys(makers) as (keyof Values)[]) {
    Object.defineProperty(values, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = makers[name]();
        Object.defineProperty(values, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return values;
}
