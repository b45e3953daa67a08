import { defineCheckRule } from '../../src/lint/rule.ts';

/** A rule that no packet gets to, found by set difference over all packets. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/unreachable-rule',
  summary: 'Every rule of a policy decides something',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    always: 'no packet gets to `{title}`: {deciders} {decide} everything that it matches first',
    here: 'no packet between the pods and addresses of these manifests gets to `{title}`: {deciders} {decide} everything that it matches first',
    same: '`{title}` has no effect: {deciders} {do} the same to everything that it matches first',
  },
  check(_cluster, { facts: { net, cluster, calico }, report, gaveUp }) {
    net.order.gaveUp.dead.forEach(gaveUp);
    const { order } = net;
    const shadowed = new Set(order.shadowed.filter(({ rules }) => rules.length > 1).map(({ policy }) => policy));
    for (const { policy, rule, by, isAlways } of order.dead) {
      const { manifest } = rule.origin.object;
      if (manifest === undefined || !cluster.isLinted(manifest) || calico.policy(manifest) === undefined) continue;
      // Those have rules of their own, that say more.
      if (shadowed.has(policy) || order.isDeniedBefore({ policy, rule, by })) continue;
      const verbs = by.length > 1 ? { decide: 'decide', do: 'do' } : { decide: 'decides', do: 'does' };
      const isSame = by.every(({ action }) => action === rule.action);
      report(
        { object: manifest, path: rule.origin.path },
        isSame ? 'same' : isAlways ? 'always' : 'here',
        { title: order.ruleTitle(rule), deciders: order.describe(by), ...verbs },
        {
          because: order.reasons(by),
          hint: isSame ? 'take it away' : 'the first rule that matches decides: put it before, or take it away',
          ...(isSame ? { atMost: 'info' } : isAlways ? {} : { atMost: 'warning' }),
        },
      );
    }
  },
});
