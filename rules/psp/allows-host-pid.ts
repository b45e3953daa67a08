import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that allows pods to use the process namespace of their node. */
export const rule = definePolicyRule({
  id: 'psp/allows-host-pid',
  summary: 'Widely granted PodSecurityPolicies do not allow the host PID namespace',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.2'],
  messages: {
    allowed: 'allows `hostPID`: pods can see and signal every process of their node',
  },
  *faults({ object, spec }) {
    if (spec.hostPID !== true) return;
    yield { is: 'allowed', at: { object, path: ['spec', 'hostPID'] }, hint: 'remove `hostPID: true`' };
  },
});
