import { defineCheckRule } from '../../src/lint/rule.ts';

/** An ingress rule whose destination, or an egress rule whose source, is none of the policy's own pods. Mirrors felix/calc/rule_scanner.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/rule-cannot-match-subject',
  summary: "A rule's own end can be a pod that the policy selects",
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    never:
      'the {side} of `{title}` is none of the pods that the policy selects: {direction} rules are asked at their {side}, so that this one never matches',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (manifest === undefined || !cluster.isLinted(manifest) || calico.policy(manifest) === undefined) continue;
      const { sure, possible } = net.policies.subjects(policy);
      const subjects = [...sure, ...possible];
      if (subjects.length === 0) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const side = direction === 'ingress' ? 'destination' : 'source';
        const other = direction === 'ingress' ? 'source' : 'destination';
        for (const rule of policy.governs[direction] ? policy.rules[direction] : []) {
          const { selector } = rule[side];
          if (selector === undefined || subjects.some((each) => net.selections.mayMatch(selector, each))) continue;
          report(
            { object: manifest, path: [...rule.origin.path, side] },
            'never',
            { side, title: net.order.ruleTitle(rule), direction },
            { hint: `the peer of ${direction} rules is named under \`${other}\`` },
          );
        }
      }
    }
  },
});
