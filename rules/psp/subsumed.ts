import { defineRule } from '../../src/lint/rule.ts';

/** A policy that restricts nothing: another one admits all that it admits, and every user of the one may use the other. */
export const rule = defineRule({
  id: 'psp/subsumed',
  summary: 'No PodSecurityPolicy is redundant',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    subsumed:
      'PodSecurityPolicy `{policy}` restricts nothing: `{other}` admits all that it admits, and every subject that may use `{policy}` may use `{other}`',
  },
  find(policy, { facts: { psp } }) {
    if (psp.state.value !== 'on' || psp.policies.length < 2 || psp.grantsOf(policy).length === 0) return [];
    const other = psp.policies.find(({ name }) => {
      if (name === policy.name) return false;
      const relation = psp.compare(name, policy.name);
      // Of two equal ones only the one that sorts later is redundant.
      return relation === 'laxer' || (relation === 'equal' && name < policy.name);
    });
    if (other === undefined || !psp.coveredBy(policy, other)) return [];
    const sentence = `\`${other.name}\` admits all that \`${policy.name}\` admits`;
    const because = [{ object: other.object, path: [], sentence }];
    return [{ is: 'subsumed', at: policy.object, because, policy: policy.name, other: other.name }];
  },
  say: {
    subsumed: ({ policy, other }) => ({
      policy,
      other,
      hint: `revoke the grants of \`${other}\` to these subjects, or remove \`${policy}\``,
    }),
  },
});
