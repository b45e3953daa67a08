import { defineRule } from '../../src/lint/rule.ts';

/** A peer that must lie in blocks of addresses and be matched by a selector as well. Mirrors felix/calc/rule_scanner.go, v3.32. */
export const rule = defineRule({
  id: 'calico/nets-and-selector',
  summary: 'A peer uses either `nets` or a selector',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    both: 'the {side} of `{title}` must match both `nets` and the selector: nothing in these manifests is known to match both',
  },
  *find({ policy: { object, isCalico }, rule: { direction, compiled } }, { facts: { net } }) {
    if (!isCalico) return;
    const side = direction === 'ingress' ? 'source' : 'destination';
    for (const rule of compiled) {
      const { selector, nets } = rule[side];
      if (selector === undefined || nets === undefined) continue;
      const { sure, possible } = net.selections.matched(selector);
      const owned = [...sure, ...possible].flatMap((owner) => owner.nets);
      if (net.selections.overlap(nets, owned)) continue;
      yield { is: 'both', at: { object, path: [...rule.origin.path, side, 'nets'], at: 'key' }, rule, side } as const;
    }
  },
  say: {
    both: ({ rule, side }, { facts: { net } }) => ({
      side,
      title: net.order.ruleTitle(rule),
      hint: 'write two rules, one with `nets` and one with the selector, if matching either is enough',
    }),
  },
});
