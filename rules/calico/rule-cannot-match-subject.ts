import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** An ingress rule whose destination, or an egress rule whose source, matches no pod that the policy selects. Mirrors felix/calc/rule_scanner.go, v3.32. */
export const rule = defineRule({
  id: 'calico/rule-cannot-match-subject',
  summary: 'Every rule can match the pods that its policy selects',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['net', 'calico'],
  messages: {
    never:
      'the {side} of `{title}` matches no pod that the policy selects: {direction} rules are evaluated at their {side}, so this one never matches',
  },
  // By object, so that staged policies are looked at too.
  *find(object, { facts: { net, calico } }) {
    if (calico.policy(object) === undefined) return;
    for (const policy of net.policies.of(object)) {
      const { sure, possible } = net.policies.subjects(policy);
      const subjects = [...sure, ...possible];
      if (subjects.length === 0) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const side = direction === 'ingress' ? 'destination' : 'source';
        for (const rule of policy.governs[direction] ? policy.rules[direction] : []) {
          const { selector } = rule[side];
          if (selector === undefined || subjects.some((each) => net.selections.mayMatch(selector, each))) continue;
          yield {
            is: 'never',
            at: { object, path: [...rule.origin.path, side] },
            restsOn: [{ on: 'pods-of-namespace', namespace: policy.namespace }],
            rule,
            direction,
          } as const;
        }
      }
    }
  },
  say: {
    never: ({ rule, direction }, { facts: { net } }) => {
      const [side, peer] = direction === 'ingress' ? ['destination', 'source'] : ['source', 'destination'];
      const hint = `put the peer of ${direction} rules under \`${peer}\``;
      return { side, title: net.order.ruleTitle(rule), direction, hint };
    },
  },
});
