import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy under which a process may gain more rights than its parent. The server defaults the field to true (pkg/apis/policy/v1beta1, v1.24). */
export const rule = defineCheckRule({
  id: 'psp/allows-privilege-escalation',
  summary: 'Policies that many may use stop processes from gaining rights',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.5'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` lets a process gain more rights than its parent has, by a setuid program for one',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    // A privileged container has every right already; allows-privileged says so.
    if (psp.state.value === 'off' || spec.allowPrivilegeEscalation === false || spec.privileged === true) return;
    report({ object, path: ['spec', 'allowPrivilegeEscalation'] }, 'allowed', { policy: name }, psp.reach(policy));
  },
});
