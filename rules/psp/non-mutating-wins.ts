import { defineRule } from '../../src/lint/rule.ts';

/**
 * A pod that gets a laxer policy, whatever its name, because the stricter one would have to fill in fields: policies that do not change the pod
 * are preferred. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/non-mutating-wins',
  summary: 'Pods set the fields that a stricter policy would fill in, so that it is chosen',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['placement', 'creator'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    wins: '{pod} will get PodSecurityPolicy `{chosen}`, although the stricter `{stricter}` would admit it too: `{stricter}` would have to fill in fields, and a policy that changes nothing is preferred, whatever its name',
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  find(pod, { facts: { psp } }) {
    const { chosen } = psp.judge(pod);
    if (chosen === undefined) return [];
    const rival = psp
      .rivals(pod)
      .find(({ trial, why }) => why === 'mutation' && psp.compare(chosen.name, trial.name) === 'laxer')?.trial;
    if (rival === undefined) return [];
    const because = [
      { object: chosen.policy.stored.object, path: [], sentence: `\`${chosen.name}\` admits the pod unchanged` },
      { object: rival.policy.stored.object, path: [], sentence: `\`${rival.name}\` would fill in fields first` },
    ];
    return [{ is: 'wins', at: pod.owner, because, pod, chosen: chosen.name, rival }];
  },
  say: {
    wins: ({ pod, chosen, rival }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      chosen,
      stricter: rival.name,
      hint: `set in the pod what \`${rival.name}\` would fill in (${psp.changesBy(rival).join('; ')}), or revoke the grant of \`${chosen}\``,
    }),
  },
});
