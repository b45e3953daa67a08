import { defineCheckRule } from '../../src/lint/rule.ts';

/** A broad allow before a narrower deny, for all or for some of its pods. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/general-before-specific',
  summary: 'Exceptions come before the rule that they are exceptions from',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    all: '`{broad}` comes before the narrower `{narrow}`, which has another action and decides nothing any more',
    some: '`{broad}` comes before the narrower `{narrow}`, which has another action and decides nothing any more for {pods}',
  },
  check(_cluster, { facts: { net, cluster, calico }, report, gaveUp }) {
    net.order.gaveUp.dead.forEach(gaveUp);
    const { order } = net;
    for (const { broad, narrow, endpoints, isEverywhere } of order.inverted) {
      const { manifest } = broad.rule.origin.object;
      const other = narrow.rule.origin.object.manifest;
      if (manifest === undefined || other === undefined || calico.policy(manifest) === undefined) continue;
      const place = cluster.isLinted(manifest)
        ? { object: manifest, path: broad.rule.origin.path }
        : { object: other, path: narrow.rule.origin.path };
      report(
        place,
        isEverywhere ? 'all' : 'some',
        { broad: order.ruleTitle(broad.rule), narrow: order.ruleTitle(narrow.rule), pods: order.pods(endpoints) },
        {
          because: [
            {
              object: other,
              path: narrow.rule.origin.path,
              sentence: `is the narrower one (${net.policies.place(narrow.policy)})`,
            },
          ],
          hint: 'the first rule that matches decides: put the narrower one before',
        },
      );
    }
  },
});
