import { type Facts, type Ground, defineRule, trafficKinds } from '../../src/lint/rule.ts';

/** An Allow rule whose traffic is all denied by earlier rules. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/deny-before-allow',
  summary: 'No Allow rule is shadowed by an earlier Deny rule',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'object',
  kinds: trafficKinds,
  needs: ['net'],
  messages: {
    always: '`{title}` has no effect: all traffic that it allows is denied first by {deniers}',
    here: {
      level: 'warning',
      text: '`{title}` has no effect between the pods and addresses of these manifests: all traffic that it allows is denied first by {deniers}',
    },
  },
  // By object, and not by network policy as it is written: AdminNetworkPolicies have such rules too.
  *find(object, { facts: { net }, gaveUp }) {
    for (const policy of net.policies.of(object)) {
      net.order.gaveUp.dead.forEach(gaveUp);
      for (const dead of net.order.deadIn(policy)) {
        if (!net.order.isDeniedBefore(dead)) continue;
        const restsOn = net.order.together(policy, net.order.deciders(dead.by));
        const found = { at: { object, path: dead.rule.origin.path }, because: net.order.reasons(dead.by), dead };
        if (dead.isAlways) yield { is: 'always', restsOn, ...found };
        else {
          const pods: Ground = { on: 'pods-of-namespace', namespace: policy.namespace };
          yield { is: 'here', restsOn: [...restsOn, pods], ...found };
        }
      }
    }
  },
  say: {
    always: ({ dead }, { facts: { net } }) => words(dead, net),
    here: ({ dead }, { facts: { net } }) => words(dead, net),
  },
});

type DeadRule = ReturnType<Facts['net']['order']['deadIn']>[number];

function words({ rule, by }: DeadRule, { order }: Facts['net']) {
  return {
    title: order.ruleTitle(rule),
    deniers: order.describe(by),
    hint: 'give the policy of the Allow rule a lower order than the policy of the Deny rule, or move it to an earlier tier',
  };
}
