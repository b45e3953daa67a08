import { defineRule, type Facts } from '../../src/lint/rule.ts';

/** A policy none of whose rules a packet reaches. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/shadowed-policy',
  summary: 'Every policy has an effect',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    shadowed: '`{title}` has no effect: all traffic that its rules match is decided first by {deciders}',
    here: {
      level: 'warning',
      text: '`{title}` has no effect between the pods and addresses of these manifests: all traffic that its rules match is decided first by {deciders}',
    },
    same: {
      level: 'info',
      text: '`{title}` changes nothing: all traffic that its rules match gets the same action first from {deciders}',
    },
  },
  *find({ object, isCalico, policy }, { facts: { net }, gaveUp }) {
    if (policy === undefined || !isCalico) return;
    net.order.gaveUp.dead.forEach(gaveUp);
    const shadow = net.order.shadowOf(policy);
    if (shadow === undefined) return;
    const { rules, by } = shadow;
    if (rules.every((rule) => net.order.isDeniedBefore(rule))) return;
    const restsOn = net.order.together(policy, net.order.deciders(by));
    const found = { at: object, because: net.order.reasons(by), shadow };
    if (rules.every(({ rule, by: takers }) => takers.every(({ action }) => action === rule.action))) {
      // What says the same for more pods than those before it has an effect for pods that are not written here.
      if (rules.every(({ isAlways }) => isAlways)) yield { is: 'same', restsOn, ...found };
    } else if (rules.every(({ isAlways }) => isAlways)) yield { is: 'shadowed', restsOn, ...found };
    // The pods of the system need not be written here.
    else if (!net.system.covers(policy))
      yield { is: 'here', restsOn: [...restsOn, 'pods-of-namespace'], ...found } as const;
  },
  say: {
    shadowed: ({ shadow }, { facts: { net } }) => ({ ...words(shadow, net), hint }),
    here: ({ shadow }, { facts: { net } }) => ({ ...words(shadow, net), hint }),
    same: ({ shadow }, { facts: { net } }) => ({ ...words(shadow, net), hint: 'remove the policy' }),
  },
});

const hint = 'give the policy a lower order, or remove it';

type Shadow = NonNullable<ReturnType<Facts['net']['order']['shadowOf']>>;

function words({ policy, by }: Shadow, { policies, order }: Facts['net']) {
  return { title: policies.title(policy), deciders: order.describe(by) };
}
