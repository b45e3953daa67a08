import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * A pod that gets a laxer policy than it needs, only because of how the policies are named. Chooses again with the names swapped; mirrors
 * the order of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineCheckRule({
  id: 'psp/order-hazard',
  summary: 'By the names of the policies, a stricter one comes before a laxer one',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    hazard:
      '{pod} will get the policy `{chosen}`, although `{stricter}` is stricter and would admit it too: `{chosen}` only comes first by its name',
  },
  check(pod, { facts: { psp }, report }) {
    if (psp.state.value !== 'on') return;
    const { chosen } = psp.judge(pod);
    if (chosen === undefined) return;
    const rivals = psp
      .rivals(pod)
      .filter(({ trial, why }) => why === 'name' && psp.compare(chosen.name, trial.name) === 'laxer');
    const rival = rivals.find(({ isOther }) => isOther) ?? rivals[0];
    if (rival === undefined) return;
    const stricter = rival.trial.name;
    report(
      pod.owner,
      'hazard',
      { pod: psp.describe(pod), chosen: chosen.name, stricter },
      {
        because: [
          { object: chosen.policy.stored.object, path: [], sentence: `\`${chosen.name}\` is tried first` },
          { object: rival.trial.policy.stored.object, path: [], sentence: `\`${stricter}\` would admit the pod too` },
        ],
        hint: `rename \`${chosen.name}\` so that it sorts after \`${stricter}\`, or take it from those who do not need it`,
        // The pod is the same by either: only what later ones may ask for hangs on it.
        ...(rival.isOther ? {} : { atMost: 'info' }),
      },
    );
  },
});
