import { defineCheckRule } from '../../src/lint/rule.ts';

/** Egress rules in a policy whose types are defaulted: ingress is always among them. Mirrors SetDefaults_NetworkPolicy of pkg/apis/networking/v1. */
export const rule = defineCheckRule({
  id: 'net/types-implicit',
  summary: 'A policy with egress rules alone names its policyTypes',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    ingress:
      'policy `{name}` has egress rules and no `policyTypes`: it denies all ingress of the pods that it selects too',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, isCalico, spec, rules, policy } of net.policies.written) {
      if (isCalico || policy === undefined) continue;
      const isTyped = Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0;
      // An empty list of ingress rules says that ingress is meant.
      if (isTyped || Array.isArray(spec.ingress)) continue;
      if (!rules.some(({ direction }) => direction === 'egress')) continue;
      report(
        { object, path: ['spec', 'egress'], at: 'key' },
        'ingress',
        { name: object.name },
        { hint: 'add `policyTypes: [Egress]`, or `[Ingress, Egress]` if ingress is to be denied' },
      );
    }
  },
});
