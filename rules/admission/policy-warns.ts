import { defineRule, describeMade } from '../../src/lint/rule.ts';

/** What ValidatingAdmissionPolicies warn of: bindings with the action Warn. Mirrors plugin/policy/validating of apiserver, v1.30 to v1.37. */
export const rule = defineRule({
  id: 'admission/policy-warns',
  summary: 'No ValidatingAdmissionPolicy warns of an object',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['admission'],
  restsOn: ['placement', 'admission'],
  scope: 'object',
  needs: ['admissionPolicies'],
  messages: {
    warned: 'a ValidatingAdmissionPolicy warns of {what}: {message}',
  },
  when: ({ facts: { admissionPolicies } }) => admissionPolicies.areAsked,
  *find(object, { facts: { admissionPolicies } }) {
    for (const { source, message, because } of admissionPolicies.remarksOf(object, 'warning'))
      yield { is: 'warned', at: object, because, object, source, message };
  },
  say: {
    warned: ({ object, source, message }) => ({
      what: describeMade(object, source),
      message,
      hint: 'correct the field that the expression looks at, or change the policy',
    }),
  },
});
