import { defineRule } from '../../src/lint/rule.ts';

/** Egress rules without `policyTypes`: the default always includes Ingress. Mirrors SetDefaults_NetworkPolicy of pkg/apis/networking/v1. */
export const rule = defineRule({
  id: 'net/types-implicit',
  summary: 'A policy that has only egress rules sets `policyTypes`',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'network-policy',
  needs: [],
  messages: {
    ingress:
      'NetworkPolicy `{name}` has egress rules and no `policyTypes`: it also denies all ingress to the pods that it selects',
  },
  find({ object, isCalico, spec, rules, policy }) {
    if (isCalico || policy === undefined) return [];
    const isTyped = Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0;
    // An empty list of ingress rules shows that ingress is meant.
    if (isTyped || Array.isArray(spec.ingress)) return [];
    if (!rules.some(({ direction }) => direction === 'egress')) return [];
    return [{ is: 'ingress', at: { object, path: ['spec', 'egress'], at: 'key' }, name: object.name }];
  },
  say: {
    ingress: ({ name }) => ({
      name,
      hint: 'set `policyTypes: [Egress]`, or `[Ingress, Egress]` to deny ingress on purpose',
    }),
  },
});
