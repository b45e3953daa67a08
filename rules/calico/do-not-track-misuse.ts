import { calicoPolicyKinds, defineRule } from '../../src/lint/rule.ts';

/** A doNotTrack policy without applyOnForward, together with preDNAT, or for one direction only. Mirrors libcalico-go/lib/validator/v3, v3.32. */
export const rule = defineRule({
  id: 'calico/do-not-track-misuse',
  summary: 'An untracked policy is valid and allows return traffic',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  kinds: calicoPolicyKinds,
  needs: ['calico'],
  messages: {
    both: '`{title}` sets both `doNotTrack` and `preDNAT`: {effect}',
    forward: '`{title}` sets `doNotTrack` without `applyOnForward: true`: Calico rejects it',
    answers:
      '`{title}` allows {direction} without connection tracking, and none of its rules allows the return traffic as {other}: replies are dropped unless another policy allows them',
  },
  *find(object, { facts: { calico } }) {
    const policy = calico.policy(object);
    if (policy?.isGlobal !== true || policy.spec.doNotTrack !== true) return;
    const found = { at: { object, path: ['spec', 'doNotTrack'], at: 'key' }, policy } as const;
    if (policy.spec.preDNAT === true) yield { is: 'both', ...found };
    else if (policy.spec.applyOnForward !== true && !policy.isStored) yield { is: 'forward', ...found };
    const allowing = policy.rules.filter(({ value }) => value.action === 'Allow');
    const [direction, ...others] = new Set(allowing.map((rule) => rule.direction));
    if (direction !== undefined && others.length === 0) yield { is: 'answers', ...found, direction };
  },
  say: {
    both: ({ policy: { title, isStored } }) => ({
      title,
      effect: isStored ? 'Felix applies `doNotTrack` and ignores `preDNAT`' : 'Calico rejects it',
      hint: 'remove one of them',
    }),
    forward: ({ policy: { title } }) => ({ title, hint: 'add `applyOnForward: true`' }),
    answers: ({ policy: { title }, direction }) => ({
      title,
      direction,
      other: other(direction),
      hint: `add an ${other(direction)} rule for the replies, with the ports under \`${direction === 'ingress' ? 'source' : 'destination'}\``,
    }),
  },
});

function other(direction: 'ingress' | 'egress'): 'ingress' | 'egress' {
  return direction === 'ingress' ? 'egress' : 'ingress';
}
