import { definePolicyRule } from '../../src/lint/rule.ts';

/** A policy that allows processes with user id 0: its rule is neither MustRunAsNonRoot nor MustRunAs with ranges above 0. */
export const rule = definePolicyRule({
  id: 'psp/allows-root',
  summary: 'Widely granted PodSecurityPolicies do not allow containers to run as root',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp', 'cis-1.20:5.2.6'],
  messages: {
    allowed: 'allows containers to run as root: {value}',
  },
  *faults({ object, spec }) {
    if (spec.privileged === true) return;
    const { rule: strategy = '', ranges = [] } = spec.runAsUser ?? {};
    if (strategy === 'MustRunAsNonRoot') return;
    if (strategy !== 'MustRunAs') {
      const at = { object, path: ['spec', 'runAsUser', 'rule'] };
      const value = `the rule of \`runAsUser\` is \`${strategy}\``;
      yield { is: 'allowed', at, value, hint: 'set `runAsUser.rule: MustRunAsNonRoot`' };
      return;
    }
    for (const [index, { min = 0, max = 0 }] of ranges.entries()) {
      if (min > 0 || max < 0) continue;
      const at = { object, path: ['spec', 'runAsUser', 'ranges', index] };
      const value = `the range ${String(min)} to ${String(max)} of \`runAsUser\` includes 0`;
      yield { is: 'allowed', at, value, hint: 'start the range at 1 or higher' };
    }
  },
});
