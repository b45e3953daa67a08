import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * How the strictest Pod Security level that admits what a policy admits differs from the policy, with a pod that shows it. Asks both plugins about pods:
 * plugin/pkg/admission/security/podsecuritypolicy, v1.24, and pod-security-admission of the same version.
 */
export const rule = defineCheckRule({
  id: 'psp/psa-gap',
  summary: 'A Pod Security level can replace every PodSecurityPolicy',
  severity: 'info',
  precision: 'proved',
  stage: 'preview',
  since: '0.1.0',
  tags: ['psp', 'psa'],
  scope: 'policy',
  needs: ['psp', 'migration'],
  messages: {
    admits:
      '`{level}` is the strictest Pod Security level that admits all that the policy `{policy}` does, and it also admits what is refused by {controls}',
  },
  check(policy, { facts: { psp, migration: facts }, report }) {
    if (psp.state.value === 'off') return;
    const migration = facts.of(policy);
    if (migration?.keepsAll === undefined) return;
    const { keepsAll: level, differences } = migration;
    const stricter = differences.find(({ refuses }) => refuses.length > 0);
    const admits = differences.find((each) => each.level === level)?.admits ?? [];
    const [first] = admits;
    const [refusal] = stricter?.refuses ?? [];
    const why =
      refusal === undefined || stricter === undefined
        ? ''
        : `; \`${stricter.level}\` would refuse ${JSON.stringify(refusal.example.spec)}`;
    if (first === undefined) return;
    const controls = admits.map(({ control }) => `\`${control.at(-1) ?? ''}\``).join(', ');
    report(
      policy.object,
      'admits',
      { level, policy: policy.name, controls },
      {
        because: [{ object: policy.object, path: first.control, sentence: first.refusals[0]?.message ?? '' }],
        hint: `\`${level}\` would admit ${JSON.stringify(first.example.spec)}${why}; \`k8sec psp migrate\` shows every difference`,
      },
    );
  },
});
