import { defineCheckRule } from '../../src/lint/rule.ts';

/** A preDNAT policy with egress, or without applyOnForward. Mirrors libcalico-go/lib/validator/v3, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/pre-dnat-misuse',
  summary: 'A policy before address translation is for forwarded ingress only',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    egress: '`{title}` acts before addresses are translated, where there is no egress: {effect}',
    forward: '`{title}` acts before addresses are translated, and lacks `applyOnForward: true`: {effect}',
  },
  check(object, { facts: { calico }, report }) {
    const policy = calico.policy(object);
    if (policy?.isGlobal !== true || policy.spec.preDNAT !== true) return;
    const { types, applyOnForward } = policy.spec;
    const { title } = policy;
    const effect = policy.isStored ? 'felix does not apply that part' : 'Calico refuses it';
    const hasEgress = policy.rules.some(({ direction }) => direction === 'egress');
    if (hasEgress || (Array.isArray(types) && types.includes('Egress'))) {
      const path = ['spec', hasEgress ? 'egress' : 'types'];
      report(
        { object, path, at: 'key' },
        'egress',
        { title, effect },
        { hint: 'write a policy of its own for egress' },
      );
    }
    // The raw group has no validation, and felix goes by `preDNAT` alone.
    if (applyOnForward !== true && !policy.isStored) {
      report(
        { object, path: ['spec', 'preDNAT'], at: 'key' },
        'forward',
        { title, effect },
        { hint: 'add `applyOnForward: true`' },
      );
    }
  },
});
