import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that allows privileged containers. */
export const rule = definePolicyRule({
  id: 'psp/allows-privileged',
  summary: 'Widely granted PodSecurityPolicies do not allow privileged containers',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.1'],
  messages: {
    allowed: 'allows privileged containers, which have full control of their node',
  },
  *faults({ object, spec }) {
    if (spec.privileged !== true) return;
    yield { is: 'allowed', at: { object, path: ['spec', 'privileged'] }, hint: 'remove `privileged: true`' };
  },
});
