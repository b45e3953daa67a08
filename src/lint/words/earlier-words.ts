import { listed } from '../../lang/listed.ts';
import { policyPlace, ruleTitle, writtenOrImplicit } from '../../engines/net/words/policy-words.ts';
import type { Earlier } from '../../engines/net/analyses/rule-reach.ts';
import type { Reason } from '../../engines/verdict.ts';

const verbs = { allow: 'allows', deny: 'denies', pass: 'passes' };

/** `spec.egress[0] of NetworkPolicy shop/deny` and its place in the order. */
export function describeEarlier(each: Earlier): string {
  return each.kind === 'rule'
    ? `\`${ruleTitle(each.rule)}\` (${policyPlace(each.policy)})`
    : `the default action of tier \`${each.tier}\``;
}

/** What decides first: the first few. */
export function describeAll(by: readonly Earlier[]): string {
  return listed(by.map(describeEarlier), 3);
}

/** The rules that decide first, each with its action. */
export function reasonsOf(by: readonly Earlier[]): readonly Reason[] {
  return by.flatMap((each): Reason[] =>
    each.kind === 'rule'
      ? [
          {
            object: writtenOrImplicit(each.rule.origin.object, 'not written'),
            path: each.rule.origin.path,
            sentence: `${ruleTitle(each.rule)} ${verbs[each.action]} the traffic first (${policyPlace(each.policy)})`,
          },
        ]
      : [],
  );
}
