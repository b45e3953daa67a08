import { defineCheckRule, type NetPolicy } from '../../src/lint/rule.ts';

/** How much of a tree hangs on names, and on orders with hardly any room between them: a summary. */
export const rule = defineCheckRule({
  id: 'calico/order-fragile',
  summary: 'The order of policies leaves room',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  options: {
    gap: {
      type: 'number',
      default: 2,
      description: 'orders that differ by less than this are close; by default those of which one follows on the other',
    },
  },
  messages: {
    fragile:
      '{pairs} of policies decide the same flows differently and are kept in order by little: {names} by their names alone, {gaps} by orders less than {gap} apart',
  },
  check(_cluster, { facts: { net, cluster, calico }, options, report, gaveUp }) {
    const isOrdered = (policy: NetPolicy): boolean => policy.kind !== 'KubernetesNetworkPolicy';
    const names = net.order.conflicts.filter(({ first, second }) => isOrdered(first) || isOrdered(second));
    const close = net.order.close(options.gap);
    [...net.order.gaveUp.names, ...close.gaveUp].forEach(gaveUp);
    const gaps = close.value;
    const pairs = [...gaps, ...names];
    const places = pairs
      .flatMap(({ first, second }) => [first, second])
      .flatMap(({ origin }) => origin.object.manifest ?? []);
    const place = places.find((object) => cluster.isLinted(object) && calico.policy(object) !== undefined);
    // One pair is what the rules about names and orders speak of.
    if (place === undefined || pairs.length < 2) return;
    const data = { pairs: `${String(pairs.length)} pairs`, names: names.length, gaps: gaps.length, gap: options.gap };
    const because = gaps.slice(0, 5).flatMap(({ first, second }) => {
      const { manifest: object } = second.origin.object;
      const sentence = `comes after ${net.policies.title(first)} (${net.policies.place(first)})`;
      return object === undefined ? [] : [{ object, path: ['spec', 'order'], sentence }];
    });
    report(place, 'fragile', data, { because, hint: 'leave room between orders, in steps of 10 or 100' });
  },
});
