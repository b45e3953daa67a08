import type { Cluster } from '../../cluster/index/cluster.ts';
import { calicoFacts, type CalicoFacts } from './calico.ts';
import { clusterFacts, type ClusterFacts } from './cluster.ts';
import { componentFacts, type ComponentFacts } from './components.ts';
import type { FactContext, LintedCluster } from './fact-context.ts';
import { kustomizeFacts, type KustomizeFacts } from './kustomize.ts';
import { lazily } from './lazily.ts';
import { admissionPolicyFacts, type AdmissionPolicyFacts } from './pods/admission-policies.ts';
import { migrationFacts, type MigrationFacts } from './pods/migration.ts';
import { netFacts, type NetFacts } from './net/net.ts';
import { imagePolicyFacts, type ImagePolicyFacts } from './image-policies.ts';
import { namespaceFacts, type NamespaceFacts } from './namespaces.ts';
import { pluginFacts, type PluginFacts } from './plugins.ts';
import { problemFacts, type ProblemFacts } from './problems.ts';
import { psaFacts, type PsaFacts } from './pods/psa.ts';
import type { PolicySubject } from './pods/policy-subject.ts';
import { pspFacts, type PspFacts } from './pods/psp.ts';
import { quotaFacts, type QuotaFacts } from './pods/quota.ts';
import { rbacFacts, type RbacFacts } from './rbac.ts';
import { schedulingFacts, type SchedulingFacts } from './pods/scheduling.ts';
import { serverFileFacts, type ServerFileFacts } from './server-files.ts';
import { startFacts, type StartFacts } from './pods/start.ts';
import { storageFacts, type StorageFacts } from './storage.ts';
import type { UseGrant } from '../../engines/psp/use-grants.ts';

export type {
  CalicoFacts,
  ClusterFacts,
  ComponentFacts,
  KustomizeFacts,
  LintedCluster,
  NetFacts,
  NamespaceFacts,
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
  /** What kustomizations do without a word. */
  readonly kustomize: KustomizeFacts;
  /** What reading and decoding the files found. */
  readonly problems: ProblemFacts;
  /** Who may do what. */
  readonly rbac: RbacFacts;
  /** What traffic is allowed, and who decides it. */
  readonly net: NetFacts;
  /** PodSecurityPolicies and what their plugin decides. */
  readonly psp: PspFacts;
  /** Where the tree puts its objects. */
  readonly namespaces: NamespaceFacts;
  /** The admission plugins that kube-apiservers are told of. */
  readonly plugins: PluginFacts;
  /** What quotas and LimitRanges make of the tree. */
  readonly quota: QuotaFacts;
  /** What ValidatingAdmissionPolicies refuse. */
  readonly admissionPolicies: AdmissionPolicyFacts;
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

const makers: { readonly [Name in keyof Facts]: (context: FactContext) => Facts[Name] } = {
  admissionPolicies: admissionPolicyFacts,
  calico: calicoFacts,
  cluster: clusterFacts,
  components: componentFacts,
  serverFiles: serverFileFacts,
  namespaces: namespaceFacts,
  plugins: pluginFacts,
  quota: quotaFacts,
  storage: storageFacts,
  scheduling: schedulingFacts,
  imagePolicies: imagePolicyFacts,
  kustomize: kustomizeFacts,
  problems: problemFacts,
  rbac: rbacFacts,
  net: netFacts,
  psp: pspFacts,
  psa: psaFacts,
  migration: migrationFacts,
  start: startFacts,
};

/** The facts that there are. */
export const FACT_NAMES = Object.keys(makers) as readonly (keyof Facts)[];

const factsOf = lazily<FactContext, Facts>(makers);

/** The facts of one cluster; `clusters` are all of the tree. */
export function collectFacts(
  {
    cluster,
    documents,
    problems,
    transformed = new Set(),
    isPatched = () => false,
    joined = new Set(),
    entryPoints = [],
  }: LintedCluster,
  clusters: readonly Cluster[],
): Facts {
  return factsOf({ cluster, documents, problems, transformed, isPatched, joined, entryPoints, clusters });
}
