import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** A preDNAT policy with egress, or without applyOnForward. Mirrors libcalico-go/lib/validator/v3, v3.32. */
export const rule = defineRule({
  id: 'calico/pre-dnat-misuse',
  summary: 'A `preDNAT` policy sets `applyOnForward` and has no egress',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico'],
  messages: {
    egress:
      '`{title}` sets `preDNAT`, which supports ingress only, but has egress rules or the type `Egress`: {effect}',
    forward: '`{title}` sets `preDNAT` without `applyOnForward: true`: Calico rejects it',
  },
  *find(object, { facts: { calico } }) {
    const policy = calico.policy(object);
    if (policy?.isGlobal !== true || policy.spec.preDNAT !== true) return;
    const { types, applyOnForward } = policy.spec;
    const hasRules = policy.rules.some(({ direction }) => direction === 'egress');
    if (hasRules || (Array.isArray(types) && types.includes('Egress'))) {
      yield { is: 'egress', at: { object, path: ['spec', hasRules ? 'egress' : 'types'], at: 'key' }, policy } as const;
    }
    // Nothing validates the group that Calico stores, and Felix goes by `preDNAT` alone.
    if (applyOnForward !== true && !policy.isStored) {
      yield { is: 'forward', at: { object, path: ['spec', 'preDNAT'], at: 'key' }, policy } as const;
    }
  },
  say: {
    egress: ({ policy: { title, isStored } }) => ({
      title,
      effect: isStored ? 'Felix ignores its egress' : 'Calico rejects it',
      hint: 'move the egress rules to another policy, and remove `Egress` from `types`',
    }),
    forward: ({ policy: { title } }) => ({ title, hint: 'add `applyOnForward: true`' }),
  },
});
