import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy beside which another admits all that it does, for everybody who may use it: it keeps nobody from anything. */
export const rule = defineCheckRule({
  id: 'psp/subsumed',
  summary: 'Every PodSecurityPolicy restricts somebody',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'policy',
  needs: ['psp'],
  messages: {
    subsumed:
      'all that the policy `{policy}` admits `{other}` admits too, and whoever may use `{policy}` may use `{other}`: `{policy}` keeps nobody from anything',
  },
  check(policy, { facts: { psp }, report }) {
    if (psp.state.value !== 'on' || psp.policies.length < 2) return;
    const grants = psp.grantsOf(policy);
    if (grants.length === 0) return;
    const other = psp.policies.find(({ name }) => {
      if (name === policy.name) return false;
      const relation = psp.compare(name, policy.name);
      // Of two equal ones only the one that comes later is of no use.
      return relation === 'laxer' || (relation === 'equal' && name < policy.name);
    });
    if (other === undefined || !psp.coveredBy(policy, other)) return;
    report(
      policy.object,
      'subsumed',
      { policy: policy.name, other: other.name },
      {
        because: [
          { object: other.object, path: [], sentence: `\`${other.name}\` admits all that \`${policy.name}\` admits` },
        ],
      },
    );
  },
});
