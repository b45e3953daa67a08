/**
 * k8sec for a browser: the façade without files. `load` takes the text of manifests; every other function answers one question about a
 * loaded tree or one of its clusters with a plain value, the same that the command line prints with `--format json`.
 */
export { analyze } from './ask/analyze.ts';
export type { Analysis, AnalyzeInput } from './ask/analyze.ts';
export { load } from './ask/load.ts';
export type { Counts, LoadedCluster, LoadedTree, LoadInput, ProgressEvent } from './ask/load.ts';
export * from './ask/net.ts';
export * from './ask/pods.ts';
export { canI, whoCan } from './ask/rbac.ts';
export type { CanIRequest, CanIValue, WhoCanValue } from './ask/rbac.ts';
export { UsageError } from './ask/values/usage-error.ts';
export { lint, lintValue } from './ask/lint.ts';
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
