import { defineRule } from '../../src/lint/rule.ts';

/** A rule that passes where no later tier has a policy for the pods: profiles decide. Mirrors felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/pass-into-nothing',
  summary: 'A later tier decides traffic that a rule passes',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    nothing:
      '`{title}` passes traffic of {pods}, for which no later tier has a policy: the profile of the namespace allows it',
  },
  find({ policy: { object, isCalico, policy }, rule: { direction, compiled } }, { facts: { net } }) {
    if (policy?.governs[direction] !== true || !isCalico || policy.stage !== 'normal') return [];
    const passing = compiled.filter(({ action }) => action === 'pass');
    if (passing.length === 0) return [];
    // What the cluster itself runs is meant to be left to its profile.
    const pods = net.policies
      .subjects(policy)
      .sure.filter(
        (endpoint) =>
          endpoint.kind === 'pod' &&
          endpoint.object.namespace !== 'kube-system' &&
          !net.order.hasLaterTier(policy, endpoint, direction),
      );
    if (pods.length === 0) return [];
    return passing.map((rule) => ({ is: 'nothing', at: { object, path: rule.origin.path }, rule, pods }) as const);
  },
  say: {
    nothing: ({ rule, pods }, { facts: { net } }) => ({
      title: net.order.ruleTitle(rule),
      pods: net.order.pods(pods),
      hint: 'allow the traffic here, or add a policy for these pods in a later tier',
    }),
  },
});
