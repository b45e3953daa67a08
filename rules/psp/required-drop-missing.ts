import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that does not require containers to drop any capability. */
export const rule = definePolicyRule({
  id: 'psp/required-drop-missing',
  summary: 'Widely granted PodSecurityPolicies require containers to drop capabilities',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.9'],
  messages: {
    none: 'does not require containers to drop any capability',
  },
  *faults({ object, spec }) {
    if (spec.privileged === true || (spec.requiredDropCapabilities ?? []).length > 0) return;
    const at = { object, path: ['spec', 'requiredDropCapabilities'] };
    yield { is: 'none', at, hint: 'add `ALL`, or single capabilities, to `requiredDropCapabilities`' };
  },
});
