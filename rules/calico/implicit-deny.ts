import { defineRule } from '../../src/lint/rule.ts';

/** A policy that only allows and is the only one at some pods: its tier denies the rest. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/implicit-deny',
  summary: 'Implicit deny by an allow-only policy is intended',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    isolates:
      '`{title}` only has Allow rules, so tier `{tier}` denies all other {direction} of {pods}: no other policy of the tier applies there',
  },
  *find({ object, isCalico, policy }, { facts: { net } }) {
    if (policy === undefined || !isCalico || policy.stage !== 'normal') return;
    if (net.policies.tierOf(policy).defaultAction === 'Pass') return;
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = policy.rules[direction];
      // A policy without rules, or one that allows everything, shows what it does.
      if (!policy.governs[direction] || rules.length === 0 || rules.some(({ action }) => action !== 'allow')) continue;
      if (rules.some((rule) => net.system.isForAll(rule))) continue;
      const { sure } = net.policies.subjects(policy);
      const alone = sure.filter((endpoint) => net.order.isAlone(policy, endpoint, direction));
      const at = { object, path: ['spec', direction], at: 'key' } as const;
      if (alone.length > 0) yield { is: 'isolates', at, policy, direction, alone };
    }
  },
  say: {
    isolates: ({ policy, direction, alone }, { facts: { net } }) => ({
      title: net.policies.title(policy),
      direction,
      pods: net.order.pods(alone),
      tier: policy.tier,
      hint: `end the rules with \`action: Deny\` to make this explicit, or with ${
        policy.tier === 'default'
          ? '`action: Allow` to allow the rest'
          : '`action: Pass` to leave the rest to later tiers'
      }`,
    }),
  },
});
