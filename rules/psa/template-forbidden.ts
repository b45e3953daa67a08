import { defineRule } from '../../src/lint/rule.ts';

/**
 * A workload that the server accepts, with a warning at most, and whose pods it then refuses: the enforced level applies only to pods.
 * Mirrors ValidatePodController and ValidatePod of pod-security-admission, v0.23 to v0.37.
 */
export const rule = defineRule({
  id: 'psa/template-forbidden',
  summary: 'The pods of every template are admitted at the Pod Security level that their namespace enforces',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psa'],
  restsOn: ['placement', 'admission'],
  scope: 'pod',
  needs: ['psa'],
  messages: {
    forbidden: '{kind} `{name}` is accepted, but its pods will be refused: {reason}',
  },
  when: ({ facts: { psa } }) => psa.enforces,
  find(pod, { facts: { psa } }) {
    if (pod.templatePath.length === 0 || psa.running(pod) !== undefined) return [];
    const refusal = psa.refusal(pod);
    if (refusal === undefined) return [];
    const { place: at, because, message } = refusal;
    return [{ is: 'forbidden', at, because, restsOn: psa.exemptsUsers ? ['creator'] : [], pod, message }];
  },
  say: {
    forbidden: ({ pod: { owner }, message }) => ({
      kind: owner.kind,
      name: owner.name === '' ? `${owner.generateName}…` : owner.name,
      reason: message,
      hint: 'fix the template, or set the label `pod-security.kubernetes.io/enforce` of the namespace to the level that its pods need',
    }),
  },
});
