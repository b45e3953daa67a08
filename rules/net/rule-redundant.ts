import { defineRule } from '../../src/lint/rule.ts';

/** A rule of a NetworkPolicy that another rule of the same policy covers. Rules of NetworkPolicies are additive. */
export const rule = defineRule({
  id: 'net/rule-redundant',
  summary: 'No rule is covered by another of its policy',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  // Rules are compared with each other, and a limit of that is told once.
  scope: 'tree',
  needs: ['net'],
  messages: {
    covered: 'this {direction} rule is redundant: another rule of the policy allows everything that it allows',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  find(_cluster, { facts: { net }, gaveUp }) {
    net.redundancy.gaveUp.rules.forEach(gaveUp);
    return net.redundancy.rules.map(({ policy: { object }, rule: { path, direction }, by }) => ({
      is: 'covered',
      at: { object, path },
      because: [{ object, path: by.path, sentence: 'the rule that covers it' }],
      direction,
    }));
  },
  say: {
    covered: ({ direction }) => ({ direction, hint: 'remove it, or narrow the rule that covers it' }),
  },
});
