import { defineRule, describeMade } from '../../src/lint/rule.ts';

/** What ValidatingAdmissionPolicies of the tree refuse. Mirrors plugin/policy/validating of apiserver, v1.30 to v1.37. */
export const rule = defineRule({
  id: 'admission/policy-refuses',
  summary: 'Objects and pods meet the ValidatingAdmissionPolicies of the cluster',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  restsOn: ['placement', 'admission'],
  scope: 'object',
  needs: ['admissionPolicies'],
  messages: {
    refused: 'a ValidatingAdmissionPolicy refuses {what}: {message}',
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areAsked,
  *find(object, { facts: { admissionPolicies } }) {
    for (const { source, message, because } of admissionPolicies.refusalsOf(object))
      yield { is: 'refused', at: object, because, object, source, message };
  },
  say: {
    refused: ({ object, source, message }) => ({
      what: describeMade(object, source),
      message,
      hint: 'correct the field that the expression looks at, or change the policy or its binding',
    }),
  },
});
