import { defineRule, describeMade } from '../../src/lint/rule.ts';

/** An error of a policy that its failurePolicy ignores, so that an object passes unchecked. Mirrors plugin/policy/validating of apiserver, v1.37. */
export const rule = defineRule({
  id: 'admission/policy-error-ignored',
  summary: 'Admission policies that ignore failures can be evaluated',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  restsOn: ['placement', 'admission'],
  scope: 'object',
  needs: ['admissionPolicies'],
  messages: {
    ignored: 'a ValidatingAdmissionPolicy fails on {what} and ignores it: {message}',
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areAsked,
  *find(object, { facts: { admissionPolicies } }) {
    for (const { source, message, because } of admissionPolicies.remarksOf(object, 'ignored'))
      yield { is: 'ignored', at: object, because, object, source, message };
  },
  say: {
    ignored: ({ object, source, message }) => ({
      what: describeMade(object, source),
      message,
      hint: 'correct the expression, or set `failurePolicy` to `Fail`',
    }),
  },
});
