import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy without an order, which comes after all that have one. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/order-missing',
  summary: 'Every policy of Calico has an order',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'object',
  needs: ['calico', 'net'],
  messages: {
    missing:
      '`{title}` has no order: it comes after every policy of its tier that has one, and only its name places it among those that have none',
  },
  check(object, { facts: { calico, net }, report }) {
    const written = calico.policy(object);
    if (written === undefined || written.isStaged) return;
    for (const policy of net.policies.of(object)) {
      if (policy.order !== Infinity) continue;
      const others = net.order.neighbours(policy);
      const because = others.slice(0, 5).map((other) => ({
        object: other.origin.object.manifest ?? object,
        path: [],
        sentence: `selects some of the same pods (${net.policies.place(other)})`,
      }));
      const hint = 'give it an `order`, the lower the earlier';
      // Where no other policy selects the same pods, there is nothing to be before or after.
      report(
        object,
        'missing',
        { title: written.title },
        { because, hint, ...(others.length === 0 ? { atMost: 'info' } : {}) },
      );
    }
  },
});
