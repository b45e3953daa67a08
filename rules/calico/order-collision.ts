import { defineRule } from '../../src/lint/rule.ts';

/** Policies of one order that take different action on some packets of a pod. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineRule({
  id: 'calico/order-collision',
  summary: 'Policies with different actions have different orders',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    equal:
      '`{title}` and {others} have the same order {order}, but different actions for some packets of {pods}: only their names decide which applies',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  // Over the tree: the finding stands at the first policy of the group that is linted.
  *find(_cluster, { facts: { net, cluster }, gaveUp }) {
    net.order.gaveUp.names.forEach(gaveUp);
    const conflicts = net.order.conflicts.filter(({ first }) => first.order !== Infinity);
    for (const first of new Set(conflicts.map((each) => each.first))) {
      const own = conflicts.filter((each) => each.first === first);
      const policies = [first, ...own.map(({ second }) => second)];
      const policy = policies.find(({ origin: { object } }) => object.manifest && cluster.isLinted(object.manifest));
      const object = policy?.origin.object.manifest;
      if (policy === undefined || object === undefined) continue;
      const others = policies.filter((each) => each !== policy);
      const because = others
        .flatMap(({ origin }) => origin.object.manifest ?? [])
        .map((other) => ({ object: other, path: ['spec', 'order'], sentence: 'has the same order' }));
      const endpoints = own.map(({ endpoint }) => endpoint);
      const restsOn = net.order.together(policy, others);
      yield { is: 'equal', at: { object, path: ['spec', 'order'] }, because, restsOn, policy, others, endpoints };
    }
  },
  say: {
    equal: ({ policy, others, endpoints }, { facts: { net } }) => ({
      title: net.policies.title(policy),
      others: net.order.titles(others),
      order: policy.order,
      pods: net.order.pods(endpoints),
      hint: 'give the policy that must be evaluated first a lower order',
    }),
  },
});
