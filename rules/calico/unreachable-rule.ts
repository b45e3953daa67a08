import { defineRule, type Facts } from '../../src/lint/rule.ts';

/** A rule that no packet reaches, found by set difference over all packets. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/unreachable-rule',
  summary: 'Every rule of a policy has an effect',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    always: '`{title}` is unreachable: all traffic that it matches is decided first by {deciders}',
    here: {
      level: 'warning',
      text: '`{title}` is unreachable between the pods and addresses of these manifests: all traffic that it matches is decided first by {deciders}',
    },
    same: {
      level: 'info',
      text: '`{title}` changes nothing: all traffic that it matches gets the same action first from {deciders}',
    },
  },
  *find({ object, isCalico, policy }, { facts: { net }, gaveUp }) {
    if (policy === undefined || !isCalico) return;
    net.order.gaveUp.dead.forEach(gaveUp);
    // calico/shadowed-policy reports a policy of several rules as a whole.
    if ((net.order.shadowOf(policy)?.rules.length ?? 0) > 1) return;
    for (const dead of net.order.deadIn(policy)) {
      const { rule, by, isAlways } = dead;
      // calico/deny-before-allow says more about those.
      if (net.order.isDeniedBefore(dead)) continue;
      const found = { at: { object, path: rule.origin.path }, because: net.order.reasons(by), dead };
      const restsOn = net.order.together(policy, net.order.deciders(by));
      if (by.every(({ action }) => action === rule.action)) {
        // The same for more pods than before it has an effect for pods that are not written here.
        if (isAlways) yield { is: 'same', restsOn, ...found };
      } else if (isAlways) yield { is: 'always', restsOn, ...found };
      // The pods of the system need not be written here.
      else if (!net.system.covers(policy))
        yield { is: 'here', restsOn: [...restsOn, 'pods-of-namespace'], ...found } as const;
    }
  },
  say: {
    always: ({ dead }, { facts: { net } }) => ({ ...words(dead, net), hint }),
    here: ({ dead }, { facts: { net } }) => ({ ...words(dead, net), hint }),
    same: ({ dead }, { facts: { net } }) => ({ ...words(dead, net), hint: 'remove the rule' }),
  },
});

const hint = 'move the rule before those that decide its traffic, or remove it: the first rule that matches decides';

type DeadRule = ReturnType<Facts['net']['order']['deadIn']>[number];

function words({ rule, by }: DeadRule, { order }: Facts['net']) {
  return { title: order.ruleTitle(rule), deciders: order.describe(by) };
}
