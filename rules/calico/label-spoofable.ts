import { defineRule, type Facts, type NetRule } from '../../src/lint/rule.ts';

/** A rule that allows pods of any namespace by their own labels alone. Which labels pods have: libcalico-go conversion, v3.32. */
export const rule = defineRule({
  id: 'calico/label-spoofable',
  summary: 'Rules do not trust labels that any user can set',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    from: '`{title}` allows traffic from every pod with the label `{label}`, in any namespace: any user who can create pods can set the label',
    to: '`{title}` allows traffic to every pod with the label `{label}`, in any namespace: any user who can create pods can set the label',
  },
  *find({ policy: { object, isCalico, policy }, rule: { direction, compiled } }, { facts: { net } }) {
    if (policy?.governs[direction] !== true || !isCalico) return;
    const side = direction === 'ingress' ? 'source' : 'destination';
    for (const rule of compiled) {
      const { selector, nets } = rule[side];
      if (rule.action !== 'allow' || selector === undefined || nets !== undefined) continue;
      const label = net.system.trustedLabel(selector);
      if (label === undefined) continue;
      // Only labels that pods have: the administrators of the cluster set those of network sets and host endpoints.
      const { sure, possible } = net.selections.matched(selector);
      if (![...sure, ...possible].some(({ kind }) => kind === 'pod')) continue;
      const at = { object, path: [...rule.origin.path, side, 'selector'] };
      yield side === 'source' ? { is: 'from', at, rule, label } : { is: 'to', at, rule, label };
    }
  },
  say: {
    from: ({ rule, label }, { facts: { net } }) => words(rule, label, net),
    to: ({ rule, label }, { facts: { net } }) => words(rule, label, net),
  },
});

function words(rule: NetRule, label: string, { order }: Facts['net']) {
  return { title: order.ruleTitle(rule), label, hint: 'add a `namespaceSelector` for the namespace of these pods' };
}
