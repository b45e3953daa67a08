import { defineCheckRule } from '../../src/lint/rule.ts';

/** An allow that is only asked after everything that it matches was denied. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/deny-before-allow',
  summary: 'No policy denies what a later one is there to allow',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    always: '`{title}` allows nothing: {deniers} {deny} everything that it matches first',
    here: '`{title}` allows nothing between the pods and addresses of these manifests: {deniers} {deny} everything that it matches first',
  },
  check(_cluster, { facts: { net, cluster }, report, gaveUp }) {
    net.order.gaveUp.dead.forEach(gaveUp);
    for (const { policy, rule, by, isAlways } of net.order.dead) {
      const { object, path } = rule.origin;
      if (object.manifest === undefined || !cluster.isLinted(object.manifest)) continue;
      if (!net.order.isDeniedBefore({ policy, rule, by })) continue;
      report(
        { object: object.manifest, path },
        isAlways ? 'always' : 'here',
        { title: net.order.ruleTitle(rule), deniers: net.order.describe(by), deny: by.length > 1 ? 'deny' : 'denies' },
        {
          because: net.order.reasons(by),
          hint: 'what has the lower order is asked first: give the allow a lower order than the deny, in the same tier or an earlier one',
          ...(isAlways ? {} : { atMost: 'warning' }),
        },
      );
    }
  },
});
