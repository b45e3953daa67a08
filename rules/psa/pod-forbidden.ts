import { defineRule } from '../../src/lint/rule.ts';

/** A bare pod that its namespace's level refuses, in the server's words. Mirrors pod-security-admission, v0.23 to v0.37. */
export const rule = defineRule({
  id: 'psa/pod-forbidden',
  summary: 'Every pod is admitted at the Pod Security level that its namespace enforces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  restsOn: ['placement', 'admission'],
  scope: 'pod',
  needs: ['psa'],
  messages: {
    forbidden: '{pod} will be refused: {reason}',
  },
  when: ({ facts: { psa } }) => psa.enforces,
  find(pod, { facts: { psa } }) {
    if (pod.templatePath.length > 0 || psa.running(pod) !== undefined) return [];
    const refusal = psa.refusal(pod);
    if (refusal === undefined) return [];
    const { place: at, because, message } = refusal;
    return [{ is: 'forbidden', at, because, restsOn: psa.exemptsUsers ? ['creator'] : [], pod, message }];
  },
  say: {
    forbidden: ({ pod, message }, { facts: { psa } }) => ({
      pod: psa.describe(pod),
      reason: message,
      hint: 'fix the pod, or set the label `pod-security.kubernetes.io/enforce` of the namespace to the level that its pods need',
    }),
  },
});
