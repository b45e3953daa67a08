import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * Pods that run, as the status in their manifest says, and that their namespace's level would not let in again: labels are asked only when a
 * pod is made. Mirrors ValidatePod of pod-security-admission, v0.23 to v0.37.
 */
export const rule = defineCheckRule({
  id: 'psa/will-not-return',
  summary: 'Pods that run would be admitted again at the Pod Security level that their namespace enforces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'pod',
  needs: ['psa', 'cluster'],
  messages: {
    gone: 'what runs of {kind} `{name}` will not come back after a restart: {reason}',
  },
  check(pod, { facts: { psa, cluster }, report }) {
    const evidence = psa.running(pod);
    if (evidence === undefined) return;
    const refusal = psa.refusal(pod);
    if (refusal === undefined) return;
    const { kind, name, generateName } = pod.owner;
    report(
      refusal.place,
      'gone',
      { kind, name: name === '' ? `${generateName}…` : name, reason: refusal.message },
      {
        because: [evidence, ...refusal.because],
        hint: 'mend it before its node is drained, or set the namespace’s `pod-security.kubernetes.io/enforce` to what its pods need',
        ...psa.softened(pod, cluster.isTransformed(pod.owner)),
      },
    );
  },
});
