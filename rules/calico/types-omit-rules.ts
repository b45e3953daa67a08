import { defineCheckRule } from '../../src/lint/rule.ts';

/** Rules of a direction that `types` does not name: they are dead. Mirrors felix/calc ExtractPolicyMetadata, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/types-omit-rules',
  summary: 'Every direction that has rules is among the types',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    omitted: '`{title}` has {direction} rules, but its `types` are {types}: the rules are never asked',
  },
  check(object, { facts: { calico }, report }) {
    const policy = calico.policy(object);
    if (policy === undefined) return;
    const { types } = policy.spec;
    if (!Array.isArray(types) || types.length === 0) return;
    for (const [direction, type] of [
      ['ingress', 'Ingress'],
      ['egress', 'Egress'],
    ] as const) {
      if (types.includes(type) || !policy.rules.some((rule) => rule.direction === direction)) continue;
      report(
        { object, path: ['spec', direction], at: 'key' },
        'omitted',
        { title: policy.title, direction, types: types.filter((each) => typeof each === 'string').join(' and ') },
        { hint: `add \`${type}\` to \`types\`, or take the rules away` },
      );
    }
  },
});
