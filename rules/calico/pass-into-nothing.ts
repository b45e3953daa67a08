import { defineCheckRule } from '../../src/lint/rule.ts';

/** A rule that passes where no later tier has a policy for the pods: profiles decide. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/pass-into-nothing',
  summary: 'What is passed on, is decided by somebody',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    nothing:
      '`{title}` passes on what no later tier has a policy for: the profile of their namespace allows it to {pods}',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || policy.stage !== 'normal' || manifest === undefined || !cluster.isLinted(manifest)) continue;
      if (calico.policy(manifest) === undefined) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const passing = policy.governs[direction]
          ? policy.rules[direction].filter(({ action }) => action === 'pass')
          : [];
        if (passing.length === 0) continue;
        const pods = net.policies
          .subjects(policy)
          .sure.filter((endpoint) => endpoint.kind === 'pod' && !net.order.hasLaterTier(policy, endpoint, direction));
        if (pods.length === 0) continue;
        for (const rule of passing) {
          report(
            { object: manifest, path: rule.origin.path },
            'nothing',
            { title: net.order.ruleTitle(rule), pods: net.order.pods(pods) },
            { hint: 'allow it here, or write a policy for those pods in a later tier' },
          );
        }
      }
    }
  },
});
