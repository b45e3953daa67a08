import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy none of whose rules a packet gets to. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/shadowed-policy',
  summary: 'Every policy decides something',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    shadowed: 'no packet gets to a rule of `{title}`: {deciders} {decide} everything that it matches first',
    here: 'no packet between the pods and addresses of these manifests gets to a rule of `{title}`: {deciders} {decide} everything that it matches first',
    same: 'no rule of `{title}` has an effect: {deciders} {do} the same to everything that it matches first',
  },
  check(_cluster, { facts: { net, cluster, calico }, report, gaveUp }) {
    net.order.gaveUp.dead.forEach(gaveUp);
    const { order } = net;
    for (const { policy, rules, by } of order.shadowed) {
      const { manifest } = policy.origin.object;
      if (manifest === undefined || !cluster.isLinted(manifest) || calico.policy(manifest) === undefined) continue;
      if (rules.every((rule) => order.isDeniedBefore(rule))) continue;
      const isSame = rules.every(({ rule, by: takers }) => takers.every(({ action }) => action === rule.action));
      const verbs = by.length > 1 ? { decide: 'decide', do: 'do' } : { decide: 'decides', do: 'does' };
      const isAlways = rules.every((rule) => rule.isAlways);
      report(
        manifest,
        isSame ? 'same' : isAlways ? 'shadowed' : 'here',
        { title: net.policies.title(policy), deciders: order.describe(by), ...verbs },
        {
          because: order.reasons(by),
          hint: isSame ? 'take the policy away' : 'give the policy a lower order, or take it away',
          ...(isSame ? { atMost: 'info' } : isAlways ? {} : { atMost: 'warning' }),
        },
      );
    }
  },
});
