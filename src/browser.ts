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
export { UsageError } from './ask/usage-error.ts';
