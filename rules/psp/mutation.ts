import { defineCheckRule } from '../../src/lint/rule.ts';

/** What the policy that a pod is admitted by fills into it. Mirrors pkg/security/podsecuritypolicy, v1.24. */
export const rule = defineCheckRule({
  id: 'psp/mutation',
  summary: 'What a PodSecurityPolicy changes in a pod is known',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    changed: '{pod} will be changed by the policy `{policy}`: {changes}',
  },
  check(pod, { facts: { psp }, report }) {
    if (psp.state.value !== 'on') return;
    const { chosen, because } = psp.judge(pod);
    if (chosen?.mutates !== true) return;
    const changes = psp.changesBy(chosen);
    report(
      pod.owner,
      'changed',
      { pod: psp.describe(pod), policy: chosen.name, changes: changes.join('; ') },
      {
        because,
      },
    );
  },
});
