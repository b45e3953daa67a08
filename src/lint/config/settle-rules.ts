import type { Severity } from '../finding.ts';
import { settleOptions, type OptionValue } from '../options.ts';
import type { Rule } from '../rule.ts';
import type { Config } from './config.ts';

/** A rule that will run: how loud, with which options. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/**
 * The rules that a configuration leaves on, in their given order. A rule is named by its id or one of its aliases; the id goes first
 * where both are there. Preview rules run only when named. Names of no rule are `checkConfig`'s affair and ignored here.
 */
export function settleRules(rules: readonly Rule[], config: Config): ActiveRule[] {
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const setting = settingOf(rule, config);
    if (setting === undefined) {
      if (rule.stage !== 'preview')
        active.push({ rule, severity: rule.severity, options: settleOptions(rule.options) });
      continue;
    }
    const [level, options] = typeof setting === 'string' ? [setting] : setting;
    if (level !== 'off') active.push({ rule, severity: level, options: settleOptions(rule.options, options) });
  }
  return active;
}

function settingOf(rule: Rule, { rules }: Config) {
  if (rules === undefined) return undefined;
  const name = [rule.id, ...(rule.aliases ?? [])].find((id) => Object.hasOwn(rules, id));
  return name === undefined ? undefined : rules[name];
}
