import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that allows a process to gain more privileges than its parent. The server defaults the field to true (pkg/apis/policy/v1beta1, v1.24). */
export const rule = definePolicyRule({
  id: 'psp/allows-privilege-escalation',
  summary: 'Widely granted PodSecurityPolicies do not allow privilege escalation',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.5'],
  messages: {
    allowed:
      'allows privilege escalation: a process can gain more privileges than its parent, for example through a setuid program',
  },
  *faults({ object, spec }) {
    // A privileged container has every privilege already; allows-privileged reports it.
    if (spec.allowPrivilegeEscalation === false || spec.privileged === true) return;
    const at = { object, path: ['spec', 'allowPrivilegeEscalation'] };
    yield { is: 'allowed', at, hint: 'set `allowPrivilegeEscalation: false`' };
  },
});
