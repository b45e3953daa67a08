import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that has containers drop some capabilities, and leaves them NET_RAW. */
export const rule = defineCheckRule({
  id: 'psp/net-raw-not-dropped',
  summary: 'Policies that many may use have containers drop NET_RAW',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.7'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    kept: 'the policy `{policy}` leaves containers the capability NET_RAW, with which they can forge packets of others',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    const dropped = spec.requiredDropCapabilities ?? [];
    // Where nothing is dropped at all, required-drop-missing says so.
    if (psp.state.value === 'off' || spec.privileged === true || dropped.length === 0) return;
    if (dropped.includes('ALL') || dropped.includes('NET_RAW')) return;
    report(
      { object, path: ['spec', 'requiredDropCapabilities'], at: 'key' },
      'kept',
      { policy: name },
      psp.reach(policy),
    );
  },
});
