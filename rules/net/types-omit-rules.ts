import { defineCheckRule } from '../../src/lint/rule.ts';

/** Rules of a direction that `policyTypes` leaves out: nothing reads them. */
export const rule = defineCheckRule({
  id: 'net/types-omit-rules',
  summary: 'policyTypes names every direction that a policy has rules for',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    dead: 'the {direction} rules of policy `{name}` have no effect, because its `policyTypes` leave out {type}',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, isCalico, rules, policy } of net.policies.written) {
      if (isCalico || policy === undefined) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        if (policy.governs[direction] || !rules.some((rule) => rule.direction === direction)) continue;
        const type = direction === 'ingress' ? 'Ingress' : 'Egress';
        report(
          { object, path: ['spec', direction], at: 'key' },
          'dead',
          { direction, name: object.name, type },
          { hint: `add ${type} to \`policyTypes\`, or remove the rules` },
        );
      }
    }
  },
});
