import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that admits pods among the processes of their node. */
export const rule = defineCheckRule({
  id: 'psp/allows-host-pid',
  summary: 'Policies that many may use keep pods out of the process namespace of their node',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.2'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` admits pods that see and signal every process of their node',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.hostPID !== true) return;
    report({ object, path: ['spec', 'hostPID'] }, 'allowed', { policy: name }, psp.reach(policy));
  },
});
