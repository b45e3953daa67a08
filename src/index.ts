/**
 * k8sec as a library, for Node: the command line without a terminal. All of `k8sec/browser`, where `load` and `lint` read files here. Nothing
 * prints, exits or opens a connection. What the user can fix (a path that is not there, a faulty configuration) is thrown as `UsageError`
 * or `ConfigError`; everything else comes back as a value.
 */
import { analyze } from './ask/analyze.ts';
import { type LintValue, lintValue } from './ask/lint.ts';
import { load as loadInput, type LoadedTree } from './ask/load.ts';
import { describeBroken } from './node/describe-broken.ts';
import { readTree, type TreeRequest } from './node/read-tree.ts';

export * from './browser.ts';

/** How to read and judge a tree; every part may be left out. */
export type TreeOptions = Partial<Omit<TreeRequest, 'paths'>>;

/**
 * Reads manifests and puts them together into clusters, to be asked with the other functions: those about pods take all `clusters`, those
 * about traffic and rights one `cluster`. Paths are files, directories, globs, and `-` where `stdin` is given; none: the current directory.
 */
export async function load(paths: readonly string[] = [], options: TreeOptions = {}): Promise<LoadedTree> {
  return loadInput(await readTree({ cwd: process.cwd(), ...options, paths }));
}

/** Reads manifests and lints them: what `k8sec lint --format json` prints. Look at `crashes` before calling a result clean. */
export async function lint(paths: readonly string[] = [], options: TreeOptions = {}): Promise<LintValue> {
  return lintValue(await describeBroken(analyze(await readTree({ cwd: process.cwd(), ...options, paths }))));
}

export { ConfigError } from './node/errors.ts';
export { explain } from './node/rule-page.ts';
export type { ExplainedRule } from './node/rule-page.ts';
export type { TreeRequest } from './node/read-tree.ts';
