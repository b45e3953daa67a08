import { defineCheckRule } from '../../src/lint/rule.ts';

/** Two policies of one order that take different action on some packets of a pod. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/order-collision',
  summary: 'Policies that decide differently have different orders',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    equal:
      '`{title}` and {others} have the same order {order}, and would decide packets of {pods} differently: their names say which one does',
  },
  check(_cluster, { facts: { net, cluster }, report, gaveUp }) {
    net.order.gaveUp.names.forEach(gaveUp);
    const conflicts = net.order.conflicts.filter(({ first }) => first.order !== Infinity);
    for (const first of new Set(conflicts.map((each) => each.first))) {
      const own = conflicts.filter((each) => each.first === first);
      const policies = [first, ...own.map(({ second }) => second)];
      const linted = policies.find(({ origin: { object } }) => object.manifest && cluster.isLinted(object.manifest));
      const object = linted?.origin.object.manifest;
      if (linted === undefined || object === undefined) continue;
      const others = policies.filter((policy) => policy !== linted);
      const because = others.flatMap(
        ({
          origin: {
            object: { manifest },
          },
        }) =>
          manifest === undefined ? [] : [{ object: manifest, path: ['spec', 'order'], sentence: 'has the same order' }],
      );
      report(
        { object, path: ['spec', 'order'] },
        'equal',
        {
          title: net.policies.title(linted),
          others: others.map((policy) => `\`${net.policies.title(policy)}\``).join(', '),
          order: linted.order,
          pods: net.order.pods(own.map(({ endpoint }) => endpoint)),
        },
        { because, hint: 'give the one that is to be asked first a lower order' },
      );
    }
  },
});
