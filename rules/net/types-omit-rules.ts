import { defineRule } from '../../src/lint/rule.ts';

/** Rules of a direction that `policyTypes` does not list: they are never evaluated. */
export const rule = defineRule({
  id: 'net/types-omit-rules',
  summary: '`policyTypes` lists every direction that a policy has rules for',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'network-policy',
  needs: [],
  messages: {
    dead: 'the {direction} rules of NetworkPolicy `{name}` have no effect: its `policyTypes` does not list {type}',
  },
  *find({ object, isCalico, rules, policy }) {
    if (isCalico || policy === undefined) return;
    for (const direction of ['ingress', 'egress'] as const) {
      if (policy.governs[direction] || !rules.some((rule) => rule.direction === direction)) continue;
      yield { is: 'dead', at: { object, path: ['spec', direction], at: 'key' }, direction, name: object.name };
    }
  },
  say: {
    dead: ({ direction, name }) => {
      const type = direction === 'ingress' ? 'Ingress' : 'Egress';
      return { direction, name, type, hint: `add ${type} to \`policyTypes\`, or remove the rules` };
    },
  },
});
