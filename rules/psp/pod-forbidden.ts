import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that every policy it may use refuses, in the server's words. Asks the admission chain, which mirrors
 * plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/pod-forbidden',
  summary: 'Every pod is admitted by a PodSecurityPolicy that it may use',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    forbidden: '{pod} will be refused: {reason}',
  },
  check(pod, { facts: { psp }, report }) {
    if (psp.state.value !== 'on') return;
    const { decision, message, because, trials } = psp.judge(pod);
    if (decision !== 'forbidden') return;
    const usable = trials.filter(({ authorizedBy, providerError }) => authorizedBy !== '' && providerError === '');
    // The policy with the fewest objections is the one the pod was likely written for: its first objection is the place to look at.
    const nearest = usable.reduce((best, trial) => (trial.errors.length < best.errors.length ? trial : best));
    const first = nearest.errors[0];
    const place = first === undefined ? pod.owner : pod.placeOf(first.podPath);
    report(
      place,
      'forbidden',
      { pod: psp.describe(pod), reason: message },
      {
        because,
        hint: `the policy \`${nearest.name}\` refuses it for the fewest reasons: mend ${nearest.errors.length === 1 ? 'that one' : `those ${String(nearest.errors.length)}`}, or let its account use another policy`,
        ...psp.softened(pod),
      },
    );
  },
});
