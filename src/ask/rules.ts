import { rules as builtIn } from '../../rules/index.ts';
import { nearest } from '../lang/nearest.ts';
import type { Rule } from '../lint/rule.ts';
import { UsageError } from './values/usage-error.ts';

/** What a rule is. */
export type RuleSummary = Pick<Rule, 'id' | 'severity' | 'precision' | 'stage' | 'since' | 'tags' | 'summary'>;

/** What `rules` answers: what `--format json` prints. */
export interface RulesValue {
  readonly version: 1;
  /** In the order of docs/rules.md; those with `stage: 'preview'` are off unless the configuration sets a level. */
  readonly rules: readonly RuleSummary[];
}

/** The built-in rules. */
export function rules(): RulesValue {
  return { version: 1, rules: builtIn.map(ruleSummary) };
}

/**
 * One built-in rule, by its id or a former id. Its page is a file of the package: `explain` of the library for Node reads it.
 * @throws UsageError where there is none, with the one that was probably meant.
 */
export function ruleNamed(name: string): RuleSummary {
  const found = builtIn.find(({ id, aliases = [] }) => id === name || aliases.includes(name));
  if (found !== undefined) return ruleSummary(found);
  const meant = nearest(
    name,
    builtIn.map(({ id }) => id),
  );
  throw new UsageError(
    `unknown rule \`${name}\``,
    meant === undefined ? 'run `k8sec rules` to list the rules' : `did you mean \`${meant}\`?`,
  );
}

/** A rule as plain JSON. */
export function ruleSummary({ id, severity, precision, stage, since, tags, summary }: Rule): RuleSummary {
  return { id, severity, precision, stage, since, tags, summary };
}
