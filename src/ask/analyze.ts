import { rules as builtIn } from '../../rules/index.ts';
import { load } from './load.ts';
import type { LoadedTree, LoadInput } from './load.ts';
import { type RuleNotRun, rulesNotRun, settleRules } from '../lint/config/settle-rules.ts';
import type { Finding } from '../lint/finding/finding.ts';
import type { Rule } from '../lint/rule.ts';
import { type Notice, runRules, type RuleCrash } from '../lint/run/run-rules.ts';

/** What `lint` takes beside what `load` does. */
export interface AnalyzeInput extends LoadInput {
  /** The rules to run; the built-in ones when absent. */
  readonly rules?: readonly Rule[];
}

/** Everything that `analyze` found. Immutable and deterministic: the same input gives the same value. */
export interface Analysis extends LoadedTree {
  /** Sorted by file, offset, rule and message. */
  readonly findings: readonly Finding[];
  /** Rules that threw; with one of these the result is not complete, whatever the findings. */
  readonly crashes: readonly RuleCrash[];
  /** Analyses that stopped at a limit: what rules would have found beyond it is missing. */
  readonly notices: readonly Notice[];
  /** Rules that the configuration leaves off. */
  readonly notRun: readonly RuleNotRun[];
}

/** Reads a tree and runs the rules over its clusters. */
export function analyze(input: AnalyzeInput): Analysis {
  const tree = load(input);
  const { rules = builtIn, config = {} } = input;
  const result = runRules(tree.clusters, settleRules(rules, config));
  return { ...tree, ...result, notRun: rulesNotRun(rules, config) };
}
