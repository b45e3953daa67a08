import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy without types and rules, which is about ingress alone. Mirrors api/pkg/defaults defaultPolicyTypesField, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/types-implicit',
  summary: 'A policy without rules says its types',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    ingress: '`{title}` has neither rules nor `types`: it denies ingress, and is not about egress',
    emptied:
      '`{title}` has an empty list of {direction} rules and no `types`: it is about {other} alone, and leaves {direction} as it is',
  },
  check(object, { facts: { calico }, report }) {
    const policy = calico.policy(object);
    if (policy === undefined || policy.isStored || policy.spec.stagedAction === 'Delete') return;
    const { types } = policy.spec;
    if (Array.isArray(types) && types.length > 0) return;
    const written = new Set(policy.rules.map(({ direction }) => direction));
    const { title } = policy;
    if (written.size === 0) {
      report(object, 'ingress', { title }, { hint: 'write `types`, as in `types: [Ingress, Egress]` to deny both' });
      return;
    }
    for (const [direction, other] of [
      ['ingress', 'egress'],
      ['egress', 'ingress'],
    ] as const) {
      const rules = policy.spec[direction];
      if (written.has(direction) || !Array.isArray(rules)) continue;
      report(
        { object, path: ['spec', direction], at: 'key' },
        'emptied',
        { title, direction, other },
        {
          hint: 'to deny it, write `types: [Ingress, Egress]`; else take the empty list away',
        },
      );
    }
  },
});
