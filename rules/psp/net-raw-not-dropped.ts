import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that requires containers to drop some capabilities, but not NET_RAW. */
export const rule = definePolicyRule({
  id: 'psp/net-raw-not-dropped',
  summary: 'Widely granted PodSecurityPolicies require containers to drop NET_RAW',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.7'],
  messages: {
    kept: 'does not require containers to drop NET_RAW, with which they can forge packets',
  },
  *faults({ object, spec }) {
    const dropped = spec.requiredDropCapabilities ?? [];
    // Where nothing is dropped at all, required-drop-missing reports it.
    if (spec.privileged === true || dropped.length === 0) return;
    if (dropped.includes('ALL') || dropped.includes('NET_RAW')) return;
    const at = { object, path: ['spec', 'requiredDropCapabilities'], at: 'key' } as const;
    yield { is: 'kept', at, hint: 'add NET_RAW to `requiredDropCapabilities`' };
  },
});
