import { defineRule, type Facts } from '../../src/lint/rule.ts';

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
    // A tier that only takes something out ends so: nothing was to be decided here.
    rest: {
      level: 'info',
      text: '`{title}` passes the rest of the traffic of {pods}, for which no later tier has a policy: the profile of the namespace allows it',
    },
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
    const unreached = [...net.order.deadIn(policy), ...net.order.eclipsedIn(policy)];
    return passing.flatMap((rule) => {
      const missed = new Set(unreached.flatMap((each) => (each.rule === rule ? each.endpoints : [])));
      const passed = pods.filter((pod) => !missed.has(pod));
      if (passed.length === 0) return [];
      const is = net.order.isUnconditional(rule) ? 'rest' : 'nothing';
      return [{ is, at: { object, path: rule.origin.path }, rule, pods: passed } as const];
    });
  },
  say: {
    nothing: (passed, { facts: { net } }) => words(passed, net),
    rest: (passed, { facts: { net } }) => words(passed, net),
  },
});

interface Passed {
  readonly rule: Parameters<Facts['net']['order']['ruleTitle']>[0];
  readonly pods: Parameters<Facts['net']['order']['pods']>[0];
}

function words({ rule, pods }: Passed, { order }: Facts['net']) {
  return {
    title: order.ruleTitle(rule),
    pods: order.pods(pods),
    hint: 'allow the traffic here, or add a policy for these pods in a later tier',
  };
}
