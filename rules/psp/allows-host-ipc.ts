import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that allows pods to use the IPC namespace of their node. */
export const rule = definePolicyRule({
  id: 'psp/allows-host-ipc',
  summary: 'Widely granted PodSecurityPolicies do not allow the host IPC namespace',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.3'],
  messages: {
    allowed: 'allows `hostIPC`: pods can share memory with the processes of their node',
  },
  *faults({ object, spec }) {
    if (spec.hostIPC !== true) return;
    yield { is: 'allowed', at: { object, path: ['spec', 'hostIPC'] }, hint: 'remove `hostIPC: true`' };
  },
});
