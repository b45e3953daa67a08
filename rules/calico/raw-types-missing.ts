import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** A policy of crd.projectcalico.org without types, which Felix applies to both directions. Mirrors felix/calc ExtractPolicyMetadata and api/pkg/defaults, v3.32. */
export const rule = defineRule({
  id: 'calico/raw-types-missing',
  summary: 'Policies of `crd.projectcalico.org` set `types`',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico'],
  messages: {
    both: '`{title}` has no `types`, and `crd.projectcalico.org` gets no defaults: it applies to both directions, and denies all {unwritten} that no policy allows',
  },
  find(object, { facts: { calico } }) {
    const policy = calico.policy(object);
    if (policy?.isStored !== true) return [];
    const { types, ingress, egress } = policy.spec;
    if (Array.isArray(types) && types.length > 0) return [];
    const isWritten = (rules: typeof ingress): boolean => Array.isArray(rules) && rules.length > 0;
    // With rules for both directions, the defaults would be the same.
    if (isWritten(ingress) && isWritten(egress)) return [];
    const at = { object, path: ['spec'], at: 'key' } as const;
    return [{ is: 'both', at, title: policy.title, meant: isWritten(egress) ? 'egress' : 'ingress' }];
  },
  say: {
    both: ({ title, meant }) => ({
      title,
      unwritten: meant === 'egress' ? 'ingress' : 'egress',
      hint: `set \`types: [${meant === 'egress' ? 'Egress' : 'Ingress'}]\`, or use \`projectcalico.org/v3\``,
    }),
  },
});
