import { defineRule } from '../../src/lint/rule.ts';

/**
 * A pod that every policy it may use refuses, in the server's words. Asks the admission chain, which mirrors
 * plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/pod-forbidden',
  summary: 'Every pod is admitted by a PodSecurityPolicy that it may use',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['placement', 'creator', 'policies'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    forbidden: '{pod} will be refused: {reason}',
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  find(pod, { facts: { psp } }) {
    const { decision, message, because, trials } = psp.judge(pod);
    if (decision !== 'forbidden') return [];
    const usable = trials.filter(({ authorizedBy, providerError }) => authorizedBy !== '' && providerError === '');
    // The policy with the fewest objections is the one the pod was likely written for: its first objection is the place to look at.
    const closest = usable.reduce((best, trial) => (trial.errors.length < best.errors.length ? trial : best));
    const [first] = closest.errors;
    const at = first === undefined ? pod.owner : pod.placeOf(first.podPath);
    return [
      { is: 'forbidden', at, because, pod, reason: message, policy: closest.name, faults: closest.errors.length },
    ];
  },
  say: {
    forbidden: ({ pod, reason, policy, faults }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      reason,
      hint: `fix ${faults === 1 ? 'the violation' : `the ${String(faults)} violations`} of the closest policy \`${policy}\`, or grant the pod's service account another policy`,
    }),
  },
});
