import { defineRule } from '../../src/lint/rule.ts';

/** An expression that reads what no kind that its policy matches has. Mirrors plugin/policy/validating/typechecking.go of apiserver, v1.37, by the types that expressions meet. */
export const rule = defineRule({
  id: 'admission/policy-type-mismatch',
  summary: 'Expressions of admission policies fit the kinds that they look at',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  scope: 'object',
  kinds: ['admissionregistration.k8s.io/ValidatingAdmissionPolicy'],
  needs: ['admissionPolicies'],
  messages: {
    unfit: 'the expression does not fit {kinds}: {issue}',
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areServed,
  *find(object, { facts: { admissionPolicies } }) {
    for (const problem of admissionPolicies.problemsOf(object))
      if (problem.is === 'unfit') {
        const { path, kinds, issue } = problem;
        yield { is: 'unfit', at: { object, path }, kinds, issue };
      }
  },
  say: {
    unfit: ({ kinds, issue }) => ({
      kinds: kinds.map((each) => `\`${each}\``).join(' or '),
      issue,
      hint: 'correct the expression by the schema of the kind, see `kubectl explain`',
    }),
  },
});
