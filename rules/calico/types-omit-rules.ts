import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** Rules of a direction that `types` does not list: they have no effect. Mirrors felix/calc ExtractPolicyMetadata, v3.32. */
export const rule = defineRule({
  id: 'calico/types-omit-rules',
  summary: '`types` lists every direction that has rules',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico'],
  messages: {
    omitted: '`{title}` has {direction} rules, but its `types` only list {types}: the {direction} rules have no effect',
  },
  *find(object, { facts: { calico } }) {
    const policy = calico.policy(object);
    const types = policy?.spec.types;
    if (policy === undefined || !Array.isArray(types) || types.length === 0) return;
    for (const [direction, type] of [
      ['ingress', 'Ingress'],
      ['egress', 'Egress'],
    ] as const) {
      if (types.includes(type) || !policy.rules.some((rule) => rule.direction === direction)) continue;
      const at = { object, path: ['spec', direction], at: 'key' } as const;
      yield { is: 'omitted', at, title: policy.title, direction, type, types };
    }
  },
  say: {
    omitted: ({ title, direction, type, types }) => ({
      title,
      direction,
      types: types.filter((each) => typeof each === 'string').join(' and '),
      hint: `add \`${type}\` to \`types\`, or remove the ${direction} rules`,
    }),
  },
});
