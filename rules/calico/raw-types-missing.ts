import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy of crd.projectcalico.org without types: felix takes it for both directions. Mirrors felix/calc ExtractPolicyMetadata and api/pkg/defaults, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/raw-types-missing',
  summary: 'Policies of the raw group say their types',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    both: '`{title}` is of the raw group `crd.projectcalico.org`, which gets no defaults: without `types` it is about both directions, and denies all {unwritten} that no policy allows',
  },
  check(object, { facts: { calico }, report }) {
    const policy = calico.policy(object);
    if (policy?.isStored !== true) return;
    const { types, ingress, egress } = policy.spec;
    if (Array.isArray(types) && types.length > 0) return;
    const isWritten = (rules: typeof ingress): boolean => Array.isArray(rules) && rules.length > 0;
    // Where both directions have rules, the defaults would say the same.
    if (isWritten(ingress) && isWritten(egress)) return;
    const unwritten = isWritten(egress) ? 'ingress' : 'egress';
    report(
      { object, path: ['spec'], at: 'key' },
      'both',
      { title: policy.title, unwritten },
      { hint: `write \`types: [${isWritten(egress) ? 'Egress' : 'Ingress'}]\`, or use \`projectcalico.org/v3\`` },
    );
  },
});
