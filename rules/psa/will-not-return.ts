import { defineRule } from '../../src/lint/rule.ts';

/**
 * Pods that run, as the status in their manifest shows, but that their namespace's level would not admit again: labels are only read when a pod
 * is created. Mirrors ValidatePod of pod-security-admission, v0.23 to v0.37.
 */
export const rule = defineRule({
  id: 'psa/will-not-return',
  summary: 'Running pods would be admitted again at the Pod Security level that their namespace enforces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  restsOn: ['placement', 'admission'],
  scope: 'pod',
  needs: ['psa'],
  messages: {
    gone: '{pod} will not be admitted again after a restart: {reason}',
  },
  when: ({ facts: { psa } }) => psa.enforces,
  find(pod, { facts: { psa } }) {
    const evidence = psa.running(pod);
    const refusal = evidence === undefined ? undefined : psa.refusal(pod);
    if (evidence === undefined || refusal === undefined) return [];
    const { place: at, message } = refusal;
    const because = [evidence, ...refusal.because];
    return [{ is: 'gone', at, because, restsOn: psa.exemptsUsers ? ['creator'] : [], pod, message }];
  },
  say: {
    gone: ({ pod, message }, { facts: { psa } }) => ({
      pod: psa.describe(pod),
      reason: message,
      hint: 'fix the manifest before a node is drained, or set the label `pod-security.kubernetes.io/enforce` of the namespace to the level that its pods need',
    }),
  },
});
