import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that admits pods among the shared memory of their node. */
export const rule = defineCheckRule({
  id: 'psp/allows-host-ipc',
  summary: 'Policies that many may use keep pods out of the IPC namespace of their node',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.3'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` admits pods that share memory with the processes of their node',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.hostIPC !== true) return;
    report({ object, path: ['spec', 'hostIPC'] }, 'allowed', { policy: name }, psp.reach(policy));
  },
});
