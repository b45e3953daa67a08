import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that has containers drop no capability. */
export const rule = defineCheckRule({
  id: 'psp/required-drop-missing',
  summary: 'Policies that many may use have containers drop capabilities',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.9'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    none: 'the policy `{policy}` has containers drop no capability',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.privileged === true) return;
    if ((spec.requiredDropCapabilities ?? []).length > 0) return;
    report({ object, path: ['spec', 'requiredDropCapabilities'] }, 'none', { policy: name }, psp.reach(policy));
  },
});
