import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A workload that the server takes, with a warning at most, and whose pods it then refuses: the level enforced is only asked about pods.
 * Mirrors ValidatePodController and ValidatePod of pod-security-admission, v0.23 to v0.37.
 */
export const rule = defineCheckRule({
  id: 'psa/template-forbidden',
  summary: 'The pods of every template are admitted at the Pod Security level that their namespace enforces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  scope: 'pod',
  needs: ['psa', 'cluster'],
  messages: {
    forbidden: '{kind} `{name}` is accepted, but its pods will be refused: {reason}',
  },
  check(pod, { facts: { psa, cluster }, report }) {
    if (pod.templatePath.length === 0 || psa.running(pod) !== undefined) return;
    const refusal = psa.refusal(pod);
    if (refusal === undefined) return;
    const { kind, name, generateName } = pod.owner;
    report(
      refusal.place,
      'forbidden',
      { kind, name: name === '' ? `${generateName}…` : name, reason: refusal.message },
      {
        because: refusal.because,
        hint: 'mend the template, or set the namespace’s `pod-security.kubernetes.io/enforce` to what its pods need',
        ...psa.softened(pod, cluster.isTransformed(pod.owner)),
      },
    );
  },
});
