import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** A policy without types that has no rules for a direction, which it may be meant to deny. Mirrors api/pkg/defaults defaultPolicyTypesField, v3.32. */
export const rule = defineRule({
  id: 'calico/types-implicit',
  summary: 'A policy without rules sets `types`',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico'],
  messages: {
    ingress: '`{title}` has no rules and no `types`: it denies all ingress and does not apply to egress',
    emptied:
      '`{title}` has an empty list of {direction} rules and no `types`: it applies to {other} only and does not deny {direction}',
  },
  *find(object, { facts: { calico } }) {
    const policy = calico.policy(object);
    if (policy === undefined || policy.isStored || policy.spec.stagedAction === 'Delete') return;
    const { title, spec, rules } = policy;
    if (Array.isArray(spec.types) && spec.types.length > 0) return;
    if (rules.length === 0) {
      yield { is: 'ingress', at: object, title };
      return;
    }
    for (const direction of ['ingress', 'egress'] as const) {
      if (!Array.isArray(spec[direction]) || rules.some((each) => each.direction === direction)) continue;
      yield { is: 'emptied', at: { object, path: ['spec', direction], at: 'key' }, title, direction } as const;
    }
  },
  say: {
    ingress: ({ title }) => ({ title, hint: 'set `types`: `types: [Ingress, Egress]` denies both' }),
    emptied: ({ title, direction }) => ({
      title,
      direction,
      other: direction === 'ingress' ? 'egress' : 'ingress',
      hint: `set \`types: [Ingress, Egress]\` to deny ${direction}, or remove the empty list`,
    }),
  },
});
