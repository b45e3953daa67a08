import { rules } from '../../rules/index.ts';
import { nearest } from '../lang/nearest.ts';
import type { Rule } from '../lint/rule.ts';
import { UsageError } from '../ask/values/usage-error.ts';

/**
 * The rule of this id or alias.
 * @throws UsageError where there is none, with the one that was probably meant.
 */
export function ruleNamed(name: string): Rule {
  const found = rules.find(({ id, aliases = [] }) => id === name || aliases.includes(name));
  if (found !== undefined) return found;
  const meant = nearest(
    name,
    rules.map(({ id }) => id),
  );
  throw new UsageError(
    `unknown rule \`${name}\``,
    meant === undefined ? 'run `k8sec rules` to list the rules' : `did you mean \`${meant}\`?`,
  );
}
