import { defineCheckRule } from '../../src/lint/rule.ts';

/** A bare pod that its namespace's level refuses, in the server's words. Mirrors pod-security-admission, v0.23 to v0.37. */
export const rule = defineCheckRule({
  id: 'psa/pod-forbidden',
  summary: 'Every pod is admitted at the Pod Security level that its namespace enforces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'pod',
  needs: ['psa', 'cluster'],
  messages: {
    forbidden: '{pod} will be refused: {reason}',
  },
  check(pod, { facts: { psa, cluster }, report }) {
    if (pod.templatePath.length > 0 || psa.running(pod) !== undefined) return;
    const refusal = psa.refusal(pod);
    if (refusal === undefined) return;
    report(
      refusal.place,
      'forbidden',
      { pod: psa.describe(pod), reason: refusal.message },
      {
        because: refusal.because,
        hint: 'mend the pod, or set the namespace’s `pod-security.kubernetes.io/enforce` to what its pods need',
        ...psa.softened(pod, cluster.isTransformed(pod.owner)),
      },
    );
  },
});
