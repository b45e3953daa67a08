import { defineRule } from '../../src/lint/rule.ts';

/** A warn or audit level laxer than the enforced one: it reports only what is refused anyway. Mirrors pod-security-admission, v0.23 to v0.37. */
export const rule = defineRule({
  id: 'psa/warn-below-enforce',
  summary: 'No namespace warns or audits at a laxer level than it enforces',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'namespace',
  needs: ['psa'],
  messages: {
    below:
      'namespace `{namespace}` enforces `{enforce}`, but `{mode}: {level}` leaves out violations for which pods are refused',
  },
  find({ name }, { facts: { psa } }) {
    const namespace = psa.judged(name);
    if (!psa.isTheGate || namespace === undefined) return [];
    const { policy, labelled } = namespace;
    const mode = (['warn', 'audit'] as const).find(
      (each) => labelled.has(each) && psa.compare(policy[each].level, policy.enforce.level) < 0,
    );
    return mode === undefined ? [] : [{ is: 'below', at: psa.placeOf(namespace, mode), name, policy, mode }];
  },
  say: {
    below: ({ name, policy, mode }) => ({
      namespace: name,
      enforce: policy.enforce.level,
      mode,
      level: policy[mode].level,
      hint: `set \`pod-security.kubernetes.io/${mode}\` to \`${policy.enforce.level}\` or stricter`,
    }),
  },
});
