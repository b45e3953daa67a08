import { defineRule } from '../../src/lint/rule.ts';

/**
 * How the strictest Pod Security level that admits what a policy admits differs from the policy, with a pod that shows it. Runs both plugins on
 * pods: plugin/pkg/admission/security/podsecuritypolicy, v1.24, and pod-security-admission of the same version.
 */
export const rule = defineRule({
  id: 'psp/psa-gap',
  summary: 'Every PodSecurityPolicy can be replaced by a Pod Security level',
  severity: 'info',
  precision: 'proved',
  stage: 'preview',
  since: '0.1.0',
  tags: ['psp', 'psa'],
  scope: 'policy',
  needs: ['psp', 'migration'],
  messages: {
    admits:
      '`{level}` is the strictest Pod Security level that admits all that PodSecurityPolicy `{policy}` admits, but it also admits pods that the policy refuses for {controls}',
  },
  find(policy, { facts: { psp, migration } }) {
    if (psp.state.value === 'off') return [];
    const { keepsAll: level, differences = [] } = migration.of(policy) ?? {};
    const admits = differences.find((each) => each.level === level)?.admits ?? [];
    const [first] = admits;
    if (level === undefined || first === undefined) return [];
    const because = [{ object: policy.object, path: first.control, sentence: first.refusals[0]?.message ?? '' }];
    const stricter = differences.find(({ refuses }) => refuses.length > 0);
    return [{ is: 'admits', at: policy.object, because, policy, level, admits, first, stricter }];
  },
  say: {
    admits: ({ policy, level, admits, first, stricter }) => {
      const [refusal] = stricter?.refuses ?? [];
      const why =
        refusal === undefined || stricter === undefined
          ? ''
          : `, and \`${stricter.level}\` refuses ${JSON.stringify(refusal.example.spec)}`;
      return {
        level,
        policy: policy.name,
        controls: admits.map(({ control }) => `\`${control.at(-1) ?? ''}\``).join(', '),
        hint: `run \`k8sec psp migrate\` to see every difference; \`${level}\` admits ${JSON.stringify(first.example.spec)}${why}`,
      };
    },
  },
});
