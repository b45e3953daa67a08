import { defineCheckRule } from '../../src/lint/rule.ts';

/** A warn or audit level laxer than the one enforced: what it would tell of was refused before. Mirrors pod-security-admission, v0.23 to v0.37. */
export const rule = defineCheckRule({
  id: 'psa/warn-below-enforce',
  summary: 'No namespace warns or audits at a laxer level than it enforces',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'tree',
  needs: ['psa'],
  messages: {
    below:
      'the namespace `{namespace}` enforces `{enforce}`, so `{mode}: {level}` tells of nothing in pods and too little in templates',
  },
  check(_cluster, { facts: { psa }, report }) {
    if (!psa.isTheGate) return;
    for (const { object, name, policy, labelled, errors, exempt } of psa.namespaces) {
      if (errors.length > 0 || exempt) continue;
      const mode = (['warn', 'audit'] as const).find(
        (each) => labelled.has(each) && psa.compare(policy[each].level, policy.enforce.level) < 0,
      );
      if (mode === undefined) continue;
      report(
        { object, path: psa.labelPath(mode, 'level') },
        'below',
        { namespace: name, enforce: policy.enforce.level, mode, level: policy[mode].level },
        {
          hint: `set \`pod-security.kubernetes.io/${mode}\` to \`${policy.enforce.level}\` or stricter, so that whoever applies a workload is told`,
        },
      );
    }
  },
});
