import type { ClusterSettings } from '../../cluster/index/cluster.ts';
import type { Severity } from '../finding/finding.ts';
import type { OptionValue } from '../rule/options.ts';

/** How loud a rule is; `off` does not run it. */
export type RuleLevel = 'off' | Severity;

/** A level, or a level with the rule's options. */
export type RuleSetting =
  RuleLevel | readonly [level: RuleLevel] | readonly [level: RuleLevel, options: Readonly<Record<string, OptionValue>>];

/** One cluster of a repository that holds several: the files that make it, and those that are only read. Patterns are globs. */
export interface ClusterConfig {
  readonly files: readonly string[];
  readonly context?: readonly string[];
  readonly settings?: ClusterSettings;
}

/** What `k8sec.config.js` exports and `.k8sec.yaml` holds. All of it is optional; patterns are globs, relative to the file. */
export interface Config {
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Facts about the cluster that its manifests do not tell; those of a named cluster go before these. */
  readonly settings?: ClusterSettings;
  /** Clusters that never meet. Without it everything is one cluster. */
  readonly clusters?: Readonly<Record<string, ClusterConfig>>;
  /** Files that are read as part of the cluster, never linted. */
  readonly context?: readonly string[];
  /** Files that are not read at all. */
  readonly ignore?: readonly string[];
}
