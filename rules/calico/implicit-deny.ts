import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that only allows and is alone at some pods: the end of its tier denies the rest. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/implicit-deny',
  summary: 'Who is cut off by a policy that only allows, is cut off on purpose',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    isolates:
      '`{title}` only allows, and still denies all other {direction} of {pods}: no other policy of tier `{tier}` is there for them',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || policy.stage !== 'normal' || manifest === undefined || !cluster.isLinted(manifest)) continue;
      if (calico.policy(manifest) === undefined || net.policies.tierOf(policy).defaultAction === 'Pass') continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const rules = policy.rules[direction];
        // One without rules, or that allows everything, says what it does.
        if (!policy.governs[direction] || rules.length === 0 || rules.some(({ action }) => action !== 'allow'))
          continue;
        if (rules.some((rule) => net.system.isForAll(rule))) continue;
        const alone = net.policies
          .subjects(policy)
          .sure.filter((endpoint) => net.order.isAlone(policy, endpoint, direction));
        if (alone.length === 0) continue;
        report(
          { object: manifest, path: ['spec', direction], at: 'key' },
          'isolates',
          { title: net.policies.title(policy), direction, pods: net.order.pods(alone), tier: policy.tier },
          {
            hint:
              policy.tier === 'default'
                ? 'a last rule `action: Deny` would say so, one `action: Allow` would leave it open'
                : 'a last rule `action: Deny` would say so, one `action: Pass` would leave it to later tiers',
          },
        );
      }
    }
  },
});
