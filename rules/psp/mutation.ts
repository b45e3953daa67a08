import { defineRule } from '../../src/lint/rule.ts';

/** What the policy that a pod is admitted by fills into it. Mirrors pkg/security/podsecuritypolicy, v1.24. */
export const rule = defineRule({
  id: 'psp/mutation',
  summary: 'Pods set the fields that their PodSecurityPolicy would fill in',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['placement', 'creator'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    changed: '{pod} will be changed by PodSecurityPolicy `{policy}`: {changes}',
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  find(pod, { facts: { psp } }) {
    const { chosen, because } = psp.judge(pod);
    return chosen?.mutates === true ? [{ is: 'changed', at: pod.owner, because, pod, chosen }] : [];
  },
  say: {
    changed: ({ pod, chosen }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      policy: chosen.name,
      changes: psp.changesBy(chosen).join('; '),
      hint: 'set these fields in the manifest, so that it shows what runs',
    }),
  },
});
