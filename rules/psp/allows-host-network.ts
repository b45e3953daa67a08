import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that admits pods on the network of their node. */
export const rule = defineCheckRule({
  id: 'psp/allows-host-network',
  summary: 'Policies that many may use keep pods off the network of their node',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.4'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` admits pods on the network of their node, where no network policy holds them',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.hostNetwork !== true) return;
    report({ object, path: ['spec', 'hostNetwork'] }, 'allowed', { policy: name }, psp.reach(policy));
  },
});
