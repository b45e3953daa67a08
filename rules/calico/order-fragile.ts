import { defineRule, type NetPolicy } from '../../src/lint/rule.ts';

/** How much of a tree depends on names, and on orders with hardly any room between them: a summary. */
export const rule = defineRule({
  id: 'calico/order-fragile',
  summary: 'The orders of policies leave room',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  options: {
    gap: {
      type: 'number',
      default: 2,
      description:
        'orders that differ by less than this are close; by default, orders without a whole number between them',
    },
  },
  messages: {
    fragile:
      '{pairs} of policies have different actions for the same traffic and no room between them: {names} are sorted only by name, {gaps} by orders that differ by less than {gap}',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  // Over the tree: it counts all pairs of policies.
  find(_cluster, { facts: { net, cluster, calico }, options, gaveUp }) {
    const isOrdered = (policy: NetPolicy): boolean => policy.kind !== 'KubernetesNetworkPolicy';
    const names = net.order.conflicts.filter(({ first, second }) => isOrdered(first) || isOrdered(second));
    const { value: gaps, ...close } = net.order.close(options.gap);
    [...net.order.gaveUp.names, ...close.gaveUp].forEach(gaveUp);
    const pairs = [...gaps, ...names];
    const at = pairs
      .flatMap(({ first, second }) => [first, second])
      .flatMap(({ origin }) => origin.object.manifest ?? [])
      .find((object) => cluster.isLinted(object) && calico.policy(object) !== undefined);
    // The rules about names and orders report a single pair.
    if (at === undefined || pairs.length < 2) return [];
    const because = gaps.slice(0, 5).flatMap(({ first, second }) => {
      const { manifest: object } = second.origin.object;
      const sentence = `comes after ${net.policies.title(first)} (${net.policies.place(first)})`;
      return object === undefined ? [] : [{ object, path: ['spec', 'order'], sentence }];
    });
    return [{ is: 'fragile', at, because, names: names.length, gaps: gaps.length }];
  },
  say: {
    fragile: ({ names, gaps }, { options: { gap } }) => ({
      pairs: `${String(names + gaps)} pairs`,
      names,
      gaps,
      gap,
      hint: 'leave room between orders: use steps of 10 or 100',
    }),
  },
});
