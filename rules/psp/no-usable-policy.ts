import { defineRule, type PodSource } from '../../src/lint/rule.ts';

/**
 * A pod whose account and creator may use no policy at all, so that none is even tried. Asks the admission chain, which mirrors
 * plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export const rule = defineRule({
  id: 'psp/no-usable-policy',
  summary: "Every pod's account or creator may use a PodSecurityPolicy",
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['psp'],
  restsOn: ['placement', 'creator', 'bindings', 'policies'],
  scope: 'pod',
  needs: ['psp'],
  messages: {
    unusable: '{pod} will be refused, because {who} is allowed to use any PodSecurityPolicy: {reason}',
    // A mirror pod has no account.
    creator: '{pod} will be refused, because {creator} is not allowed to use any PodSecurityPolicy: {reason}',
  },
  when: ({ facts: { psp } }) => psp.state.value === 'on' && psp.written.length > 0,
  *find(pod, { facts: { psp } }) {
    const { decision, message: reason, because } = psp.judge(pod);
    if (decision !== 'unusable') return;
    const found = { at: pod.owner, because, pod, reason };
    if (pod.accountName === '') yield { is: 'creator', ...found };
    else yield { is: 'unusable', ...found };
  },
  say: {
    unusable: ({ pod, reason }, { facts: { psp } }) => ({
      pod: psp.describe(pod),
      who: `neither the account \`${pod.namespace}/${pod.accountName}\` nor ${creatorOf(pod)}`,
      reason,
      hint: `bind a role that grants the \`use\` of a policy to the ServiceAccount \`${pod.accountName}\` in namespace \`${pod.namespace}\``,
    }),
    creator: ({ pod, reason }, { facts: { psp } }) => ({ pod: psp.describe(pod), creator: creatorOf(pod), reason }),
  },
});

function creatorOf({ creator }: PodSource): string {
  const { name } = creator.user.value;
  return name === '' ? 'an authenticated user without further groups' : `its creator \`${name}\``;
}
