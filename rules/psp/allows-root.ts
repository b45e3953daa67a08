import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy that admits processes with user id 0: neither MustRunAsNonRoot nor ranges above 0. */
export const rule = defineCheckRule({
  id: 'psp/allows-root',
  summary: 'Policies that many may use keep containers from running as root',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.6'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    allowed: 'the policy `{policy}` admits containers that run as root: {reason}',
  },
  check(policy, { facts: { psp }, report }) {
    const { object, name, spec } = policy;
    if (psp.state.value === 'off' || spec.privileged === true) return;
    const { rule: strategy = '', ranges = [] } = spec.runAsUser ?? {};
    if (strategy === 'MustRunAsNonRoot') return;
    if (strategy !== 'MustRunAs') {
      const path = ['spec', 'runAsUser', 'rule'];
      report(
        { object, path },
        'allowed',
        { policy: name, reason: `the rule for users is \`${strategy}\`` },
        psp.reach(policy),
      );
      return;
    }
    for (const [index, { min = 0, max = 0 }] of ranges.entries()) {
      if (min > 0 || max < 0) continue;
      const path = ['spec', 'runAsUser', 'ranges', index];
      report(
        { object, path },
        'allowed',
        { policy: name, reason: `its range ${min} to ${max} has 0` },
        psp.reach(policy),
      );
    }
  },
});
