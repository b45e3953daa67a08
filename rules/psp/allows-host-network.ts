import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that allows pods to use the network of their node. */
export const rule = definePolicyRule({
  id: 'psp/allows-host-network',
  summary: 'Widely granted PodSecurityPolicies do not allow the host network',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.4'],
  messages: {
    allowed: 'allows `hostNetwork`: pods can use the network of their node, where no NetworkPolicy applies to them',
  },
  *faults({ object, spec }) {
    if (spec.hostNetwork !== true) return;
    yield { is: 'allowed', at: { object, path: ['spec', 'hostNetwork'] }, hint: 'remove `hostNetwork: true`' };
  },
});
