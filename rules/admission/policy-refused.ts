import { defineRule } from '../../src/lint/rule.ts';

/** A ValidatingAdmissionPolicy whose expressions the server refuses. Mirrors pkg/apis/admissionregistration/validation, v1.30 to v1.37. */
export const rule = defineRule({
  id: 'admission/policy-refused',
  summary: 'The expressions of admission policies compile',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  scope: 'object',
  kinds: ['admissionregistration.k8s.io/ValidatingAdmissionPolicy'],
  needs: ['admissionPolicies'],
  messages: {
    refused: 'the API server does not store {kind} `{name}`: {message}',
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areServed,
  *find(object, { facts: { admissionPolicies } }) {
    for (const problem of admissionPolicies.problemsOf(object))
      if (problem.is === 'refused')
        yield { is: 'refused', at: { object, path: problem.path }, object, message: problem.message };
  },
  say: {
    refused: ({ object: { kind, name }, message }) => ({
      kind,
      name,
      message,
      hint: 'correct the expression; until then, the policy is not created and checks nothing',
    }),
  },
});
