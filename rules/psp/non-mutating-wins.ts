import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that gets a laxer policy, whatever its name, because the stricter one would have to fill in a field: policies that leave the pod as
 * it is go first. Mirrors plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/non-mutating-wins',
  summary: 'Pods say what the stricter policy would fill in, so that it is chosen',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    wins: '{pod} will get the policy `{chosen}`, although `{stricter}` is stricter and would admit it too: `{stricter}` would have to fill in fields, and a policy that changes nothing goes first, whatever its name',
  },
  check(pod, { facts: { psp }, report }) {
    if (psp.state.value !== 'on') return;
    const { chosen } = psp.judge(pod);
    if (chosen === undefined) return;
    const rival = psp
      .rivals(pod)
      .find(({ trial, why }) => why === 'mutation' && psp.compare(chosen.name, trial.name) === 'laxer');
    if (rival === undefined) return;
    const stricter = rival.trial.name;
    report(
      pod.owner,
      'wins',
      { pod: psp.describe(pod), chosen: chosen.name, stricter },
      {
        because: [
          { object: chosen.policy.stored.object, path: [], sentence: `\`${chosen.name}\` admits the pod as it is` },
          { object: rival.trial.policy.stored.object, path: [], sentence: `\`${stricter}\` would change it first` },
        ],
        hint: `write into the pod what \`${stricter}\` would fill in (${psp.changesBy(rival.trial).join('; ')}), or take \`${chosen.name}\` from its account`,
      },
    );
  },
});
