import { defineRule } from '../../src/lint/rule.ts';

/** Pods that policies select, and whose profile decides in the end. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/profile-decides',
  summary: 'Policies decide the traffic of the pods that they select',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    left: '`{title}` is the last policy for {direction} of {pods}: tier `{tier}` passes what it does not match, and the profile of the namespace allows it',
  },
  *find({ object, isCalico, policy }, { facts: { net } }) {
    if (policy === undefined || !isCalico) return;
    for (const left of net.order.leftToProfiles) {
      if (left.policy === policy) yield { is: 'left', at: object, left };
    }
  },
  say: {
    left: ({ left: { policy, tier, direction, endpoints } }, { facts: { net } }) => ({
      title: net.policies.title(policy),
      direction,
      pods: net.order.pods(endpoints),
      tier: tier.name,
      hint: 'add a policy for these pods in a later tier, or deny the rest here if it must not be allowed',
    }),
  },
});
