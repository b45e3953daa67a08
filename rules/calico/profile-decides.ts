import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods that policies select, and whose profile decides in the end. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/profile-decides',
  summary: 'Policies decide the traffic of the pods that they select',
  severity: 'info',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    left: 'after `{title}` tier `{tier}` passes the rest of the {direction} of {pods}, for which no later tier has a policy: the profile of their namespace allows it',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const { tier, direction, policy, endpoints } of net.order.leftToProfiles) {
      const { manifest } = policy.origin.object;
      if (manifest === undefined || !cluster.isLinted(manifest) || calico.policy(manifest) === undefined) continue;
      report(
        manifest,
        'left',
        { title: net.policies.title(policy), tier: tier.name, direction, pods: net.order.pods(endpoints) },
        { hint: 'write a policy for those pods in a later tier, or deny the rest here, if it is not to be allowed' },
      );
    }
  },
});
