import type { Severity } from '../finding/finding.ts';
import { settleOptions, type OptionValue } from '../rule/options.ts';
import type { Rule } from '../rule.ts';
import type { Config } from './config.ts';

/** A rule that will run. */
export interface ActiveRule {
  readonly rule: Rule;
  /** The level that the configuration sets; absent where the rule's own levels hold. */
  readonly level?: Severity;
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
      if (rule.stage !== 'preview') active.push({ rule, options: settleOptions(rule.options) });
      continue;
    }
    const [level, options] = typeof setting === 'string' ? [setting] : setting;
    if (level !== 'off') active.push({ rule, level, options: settleOptions(rule.options, options) });
  }
  return active;
}

/** A rule that does not run, and why. */
export interface RuleNotRun {
  readonly rule: string;
  /** `off`: by the configuration; `preview`: off until the configuration names it. */
  readonly reason: 'off' | 'preview';
}

/** The rules that a configuration leaves off, in their given order. */
export function rulesNotRun(rules: readonly Rule[], config: Config): RuleNotRun[] {
  return rules.flatMap((rule): RuleNotRun[] => {
    const setting = settingOf(rule, config);
    if (setting === undefined) return rule.stage === 'preview' ? [{ rule: rule.id, reason: 'preview' }] : [];
    return setting === 'off' || setting[0] === 'off' ? [{ rule: rule.id, reason: 'off' }] : [];
  });
}

function settingOf(rule: Rule, { rules }: Config) {
  if (rules === undefined) return undefined;
  const name = [rule.id, ...(rule.aliases ?? [])].find((id) => Object.hasOwn(rules, id));
  return name === undefined ? undefined : rules[name];
}
