import { defineCheckRule } from '../../src/lint/rule.ts';

/** A rule of a NetworkPolicy that another rule of the same policy covers. Rules of such policies only add up. */
export const rule = defineCheckRule({
  id: 'net/rule-redundant',
  summary: 'No rule is covered by another of its policy',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    covered: 'what this {direction} rule allows, another rule of the policy allows as well',
  },
  check(_cluster, { facts: { net }, report, gaveUp }) {
    net.redundancy.gaveUp.rules.forEach(gaveUp);
    for (const { policy, rule, by } of net.redundancy.rules) {
      report({ object: policy.object, path: rule.path }, 'covered', { direction: rule.direction }, [
        { object: policy.object, path: by.path, sentence: 'the rule that covers it' },
      ]);
    }
  },
});
