/**
 * k8sec for a browser: the façade without files. `load` takes the text of manifests; every other function answers one question about
 * a loaded tree or one of its clusters with a plain value, the same that the command line prints with `--format json`.
 */
export { load } from './ask/load.ts';
export type { Cluster, Counts, LoadedCluster, LoadedTree, LoadInput, ProgressEvent } from './ask/load.ts';
export { lint } from './ask/lint.ts';
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
export type { AnalyzeInput } from './ask/analyze.ts';
export { clusters } from './ask/clusters.ts';
export type { AppliedBy, ClusterDivision, ClustersValue, EntryPointValue } from './ask/clusters.ts';
export type { EntryFailure, EntryPoint } from './render/entry-points/entry-point.ts';
export type { Surroundings } from './render/entry-points/render-sources.ts';
export { lintFailure } from './ask/lint-failure.ts';
export type { Failure, FailureLimits } from './ask/lint-failure.ts';
export * from './ask/net.ts';
export * from './ask/pods.ts';
export { canI, listAccess, whoCan } from './ask/rbac.ts';
export type {
  AccessRequest,
  AccessRuleValue,
  AccessValue,
  CanIArguments,
  CanIRequest,
  CanIValue,
  WhoCanValue,
} from './ask/rbac.ts';
export { ruleNamed, rules } from './ask/rules.ts';
export type { RulesValue, RuleSummary } from './ask/rules.ts';
export { decode } from './ask/decode.ts';
export type { DecodedValue, JsonObject } from './ask/decode.ts';
export { UsageError } from './ask/values/usage-error.ts';
export type { PlaceValue, ReasonValue } from './ask/values/reason-value.ts';
export type { ClusterSettings, UserInfo } from './cluster/index/cluster.ts';
export type { Action } from './engines/rbac/attributes.ts';
export type { Assumption } from './engines/verdict.ts';
export type { Config, RuleSetting } from './lint/config/config.ts';
export type { FindingStep, Severity, Softening } from './lint/finding/finding.ts';
export type { ManifestObject } from './model/object.ts';
export { listComments } from './text/comments.ts';
export type { Comment } from './text/comments.ts';
export { lineColumn } from './text/position.ts';
export type { LineColumn, Problem, SourceDocument, SourceFile } from './text/source.ts';
export { formatFieldPath, locate } from './text/tree.ts';
export type { FieldPath, Span, Tree } from './text/tree.ts';
export * from './report/formatters.ts';
export { VERSION } from './version.ts';
