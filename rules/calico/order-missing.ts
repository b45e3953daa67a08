import { defineRule } from '../../src/lint/rule.ts';

/** A policy without an order, which comes after all that have one. Mirrors felix/calc/policy_sorter.go, v3.32. */
export const rule = defineRule({
  id: 'calico/order-missing',
  summary: 'Every Calico policy has an order',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    missing:
      '`{title}` has no order: it comes after every policy of its tier that has one, and only its name places it among those without order',
    // There is nothing to come before or after yet.
    alone: {
      level: 'info',
      text: '`{title}` has no order: it will come after every policy of its tier that has one; so far no other selects the same pods',
    },
  },
  *find({ object, isCalico, title, policy }, { facts: { net } }) {
    if (policy?.order !== Infinity || !isCalico) return;
    const others = net.order.neighbours(policy);
    const because = others.slice(0, 5).map((other) => ({
      object: other.origin.object.manifest ?? object,
      path: [],
      sentence: `selects some of the same pods (${net.policies.place(other)})`,
    }));
    yield others.length > 0 ? { is: 'missing', at: object, because, title } : { is: 'alone', at: object, title };
  },
  say: {
    missing: ({ title }) => ({ title, hint }),
    alone: ({ title }) => ({ title, hint }),
  },
});

const hint = 'set `order`; policies with a lower order are evaluated first';
