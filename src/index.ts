/**
 * k8sec as a library, for Node: the command line without a terminal. Nothing here prints, exits or opens a connection. What the user can fix
 * (a path that is not there, a faulty configuration) is thrown as `UsageError` or `ConfigError`; everything else comes back as a value.
 */
import { analyze } from './ask/analyze.ts';
import { type LintValue, lintValue } from './ask/lint.ts';
import { load as loadInput, type LoadedTree } from './ask/load.ts';
import type { Cluster } from './cluster/index/cluster.ts';
import { podsOf } from './cluster/pods/pods-of.ts';
import { admitPods, type PodAdmission } from './engines/admission/admit-pods.ts';
import { judgePod, type PodJudgement } from './engines/admission/psp-judgement.ts';
import { judgePodByPsa, type PsaJudgement } from './engines/admission/psa-judgement.ts';
import { describeBroken } from './node/describe-broken.ts';
import { readTree, type TreeRequest } from './node/read-tree.ts';

/** How to read and judge a tree; every part may be left out. */
export type TreeOptions = Partial<Omit<TreeRequest, 'paths'>>;

/**
 * Reads manifests and puts them together into clusters, to be asked with `authorize`, `whoCan`, `simulatePsp`, `simulateAdmission`, `netFlow`, `netList`,
 * `netMatrix`, `netExposure`, `netDiff` and `connectivity`. Paths are files, directories, globs, and `-` where `stdin` is given; none: the current directory.
 */
export async function load(paths: readonly string[] = [], options: TreeOptions = {}): Promise<LoadedTree> {
  return loadInput(await readTree({ cwd: process.cwd(), ...options, paths }));
}

/** Reads manifests and lints them: what `k8sec lint --format json` prints. Look at `crashes` before calling a result clean. */
export async function lint(paths: readonly string[] = [], options: TreeOptions = {}): Promise<LintValue> {
  return lintValue(await describeBroken(analyze(await readTree({ cwd: process.cwd(), ...options, paths }))));
}

/**
 * What PodSecurityPolicy admission decides about every pod that a cluster's manifests lead to, in the order of the manifests: the verdict with
 * the server's message, every policy's trial, the policy chosen. Whether the plugin is on at all is another question: `pspInForce`.
 */
export function simulatePsp(cluster: Cluster): PodJudgement[] {
  return podsOf(cluster).map((pod) => judgePod(cluster, pod));
}

/**
 * What becomes of every pod that a cluster's linted manifests lead to: the verdict of each gate of admission, how many replicas fit into the
 * quotas, and whether the kubelet starts what is admitted. What `k8sec admit --format json` prints is made of it.
 */
export function simulateAdmission(cluster: Cluster): readonly PodAdmission[] {
  return admitPods(cluster);
}

export * from './ask/net.ts';
export * from './ask/pods.ts';
export { canI, whoCan } from './ask/rbac.ts';
export type { CanIRequest, CanIValue, WhoCanValue } from './ask/rbac.ts';
/**
 * What Pod Security Admission decides about every pod that a cluster's manifests lead to, templates as their pods will be judged, in the order of
 * the manifests: the verdict with the server's message, warnings and audit annotations, and what each level has against the pod. Where the
 * plugin is off (`psaInForce`) everything is allowed.
 */
export function simulatePsa(cluster: Cluster): PsaJudgement[] {
  return podsOf(cluster).map((pod) => judgePodByPsa(cluster, pod));
}

export { psaInForce } from './cluster/components/psa-in-force.ts';
export { pspInForce } from './cluster/components/psp-in-force.ts';
export { authenticatedGroups, impersonatedUser } from './engines/rbac/membership.ts';
export { authorize } from './engines/rbac/authorize.ts';
export { listComments } from './text/comments.ts';
export { UsageError } from './ask/values/usage-error.ts';
export { ConfigError } from './node/errors.ts';
export { VERSION } from './version.ts';
export type { Analysis } from './ask/analyze.ts';
export type { Counts, LoadedCluster, LoadedTree, ProgressEvent } from './ask/load.ts';
export type { PlaceValue, ReasonValue } from './ask/values/reason-value.ts';
export type { Cluster, ClusterSettings, KubernetesVersion, Settled, UserInfo } from './cluster/index/cluster.ts';
export type { PodSource } from './cluster/pods/pod-source.ts';
export type { PSPState } from './cluster/components/psp-in-force.ts';
export type { PodAdmission } from './engines/admission/admit-pods.ts';
export type { AdmissionVerdict, GateVerdict } from './engines/admission/chain.ts';
export type { QuotaFit } from './engines/admission/quota-tally.ts';
export type { ContainerStart, StartDecision, StartVerdict } from './engines/start/judge-start.ts';
export type { PolicyTrial } from './engines/psp/evaluate-pod.ts';
export type { Action, Attributes } from './engines/rbac/attributes.ts';
export type { AuthorizationVerdict, AuthorizeOptions } from './engines/rbac/authorize.ts';
export type { Assumption, ImplicitObject, Reason, Step, Verdict } from './engines/verdict.ts';
export type { Config, RuleSetting } from './lint/config/config.ts';
export type { PodJudgement } from './engines/admission/psp-judgement.ts';
export type { PsaJudgement } from './engines/admission/psa-judgement.ts';
export type { PsaVerdict } from './engines/psa/judge-psa.ts';
export type { Finding, RelatedLocation, Severity } from './lint/finding/finding.ts';
export type { RuleCrash } from './lint/run/run-rules.ts';
export type { ManifestObject } from './model/object.ts';
export type { TreeRequest } from './node/read-tree.ts';
export type { Comment } from './text/comments.ts';
export type { Problem, SourceDocument, SourceFile } from './text/source.ts';
export type { FieldPath, Span, Tree } from './text/tree.ts';
export { lintValue } from './ask/lint.ts';
export type {
  ClusterSummary,
  FindingValue,
  LintValue,
  NoticeValue,
  NotJudgedValue,
  RangeValue,
  RuleValue,
  SettledFact,
} from './ask/lint.ts';
export { lineColumn } from './text/position.ts';
export { locate } from './text/tree.ts';
export { PLAIN } from './report/paint.ts';
export type { Paint } from './report/paint.ts';
export { renderJson } from './report/json.ts';
export { renderOneline } from './report/lint/oneline.ts';
export { renderPretty } from './report/lint/pretty.ts';
