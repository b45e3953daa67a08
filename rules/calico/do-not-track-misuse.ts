import { defineCheckRule } from '../../src/lint/rule.ts';

/** A doNotTrack policy without applyOnForward, together with preDNAT, or for one direction only. Mirrors libcalico-go/lib/validator/v3, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/do-not-track-misuse',
  summary: 'An untracked policy has what goes with it',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico'],
  messages: {
    both: '`{title}` has both `doNotTrack` and `preDNAT`: {effect}',
    forward: '`{title}` is untracked, and lacks `applyOnForward: true`: {effect}',
    answers:
      '`{title}` allows {direction} without tracking connections, and no rule of it lets the answers through the other way',
  },
  check(object, { facts: { calico }, report }) {
    const policy = calico.policy(object);
    if (policy?.isGlobal !== true || policy.spec.doNotTrack !== true) return;
    const place = { object, path: ['spec', 'doNotTrack'], at: 'key' } as const;
    const { title } = policy;
    const effect = policy.isStored ? 'felix goes by `doNotTrack`' : 'Calico refuses it';
    if (policy.spec.preDNAT === true) report(place, 'both', { title, effect }, { hint: 'take one of them away' });
    else if (policy.spec.applyOnForward !== true && !policy.isStored) {
      report(place, 'forward', { title, effect }, { hint: 'add `applyOnForward: true`' });
    }
    const allowed = new Set(
      policy.rules.filter(({ value }) => value.action === 'Allow').map(({ direction }) => direction),
    );
    const [direction] = allowed;
    if (allowed.size === 1 && direction !== undefined) {
      report(
        place,
        'answers',
        { title, direction },
        { hint: 'write a rule for the other direction, with the ports of the other end' },
      );
    }
  },
});
