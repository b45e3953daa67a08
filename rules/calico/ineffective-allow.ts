import { defineRule } from '../../src/lint/rule.ts';

/** A policy of Allow rules in a tier that passes on what they do not match, where everything is allowed later. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/ineffective-allow',
  summary: 'A policy that allows some traffic leaves other traffic denied',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement', 'pods-of-namespace'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    later: '`{title}` restricts no {direction}: what it does not allow is passed on, and `{by}` allows everything',
    // A later tier may be written elsewhere.
    profile: {
      level: 'info',
      text: '`{title}` restricts no {direction}: what it does not allow is passed on, and no later tier has a policy for its pods',
    },
  },
  *find({ object, isCalico, policy }, { facts: { net } }) {
    if (policy === undefined || !isCalico) return;
    for (const { direction, by } of net.order.voidAllows(policy)) {
      const at = { object, path: ['spec', direction], at: 'key' } as const;
      if (by === undefined) yield { is: 'profile', at, policy, direction };
      else {
        const manifest = by.origin.object.manifest;
        const because = manifest === undefined ? [] : [{ object: manifest, path: [], sentence: 'allows everything' }];
        yield { is: 'later', at, because, policy, direction, by };
      }
    }
  },
  say: {
    later: ({ policy, direction, by }, { facts: { net } }) => ({
      title: net.policies.title(policy),
      direction,
      by: net.policies.title(by),
      hint: 'deny the rest at the end of the tier, or narrow the later policy',
    }),
    profile: ({ policy, direction }, { facts: { net } }) => ({
      title: net.policies.title(policy),
      direction,
      hint: 'deny the rest at the end of the tier',
    }),
  },
});
