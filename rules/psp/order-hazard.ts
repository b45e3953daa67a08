import { defineRule, type Facts, type PodSource } from '../../src/lint/rule.ts';

/**
 * A pod that gets a laxer policy than it needs, only because of the names of the policies. Chooses again with the names swapped; mirrors the
 * order of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/order-hazard',
  summary: 'Stricter policies sort before laxer ones',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['placement', 'creator'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    hazard:
      '{pod} will get PodSecurityPolicy `{chosen}`, although the stricter `{stricter}` would admit it too: `{chosen}` comes first only because of its name',
    // Only what a later version of the pod may ask for depends on the choice.
    samePod: {
      level: 'info',
      text: '{pod} will get PodSecurityPolicy `{chosen}`, although the stricter `{stricter}` would admit the same pod: `{chosen}` comes first only because of its name',
    },
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on',
  *find(pod, { facts: { psp } }) {
    const { chosen } = psp.judge(pod);
    if (chosen === undefined) return;
    const rivals = psp
      .rivals(pod)
      .filter(({ trial, why }) => why === 'name' && psp.compare(chosen.name, trial.name) === 'laxer');
    const rival = rivals.find(({ isOther }) => isOther) ?? rivals[0];
    if (rival === undefined) return;
    const stricter = rival.trial.name;
    const because = [
      { object: chosen.policy.stored.object, path: [], sentence: `\`${chosen.name}\` is tried first` },
      { object: rival.trial.policy.stored.object, path: [], sentence: `\`${stricter}\` would admit the pod too` },
    ];
    const found = { at: pod.owner, because, pod, chosen: chosen.name, stricter };
    if (rival.isOther) yield { is: 'hazard', ...found };
    else yield { is: 'samePod', ...found };
  },
  say: {
    hazard: (found, context) => wordsOf(found, context),
    samePod: (found, context) => wordsOf(found, context),
  },
});

function wordsOf(
  { pod, chosen, stricter }: { readonly pod: PodSource; readonly chosen: string; readonly stricter: string },
  { facts: { psp } }: { readonly facts: Pick<Facts, 'psp'> },
) {
  return {
    pod: psp.describe(pod),
    chosen,
    stricter,
    hint: `rename \`${chosen}\` so that it sorts after \`${stricter}\`, or revoke its grants where they are not needed`,
  };
}
