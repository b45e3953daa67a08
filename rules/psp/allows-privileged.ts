import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that admits privileged containers. */
export const rule = defineCheckRule({
  id: 'psp/allows-privileged',
  summary: 'Policies that many may use admit no privileged container',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.1'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` admits privileged containers, which own their node',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.privileged !== true) return;
    report({ object, path: ['spec', 'privileged'] }, 'allowed', { policy: name }, psp.reach(policy));
  },
});
