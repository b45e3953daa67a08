import { defineRule, type Facts } from '../../src/lint/rule.ts';

/** A broad allow before a narrower deny, for all or for some of its pods. Mirrors the walk of felix/rules/endpoints.go, v3.32. */
export const rule = defineRule({
  id: 'calico/general-before-specific',
  summary: 'Exceptions come before the broader rule',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    all: '`{broad}` comes first and {allows} all traffic that the narrower `{narrow}` would {deny}',
    some: '`{broad}` comes first and {allows} all traffic of {pods} that the narrower `{narrow}` would {deny}',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  // Over the tree: the broad rule decides where the finding stands, and the narrow one where the broad one is not linted.
  *find(_cluster, { facts: { net, cluster, calico }, gaveUp }) {
    net.order.gaveUp.dead.forEach(gaveUp);
    for (const pair of net.order.inverted) {
      const { broad, narrow, isEverywhere } = pair;
      const { manifest } = broad.rule.origin.object;
      const other = narrow.rule.origin.object.manifest;
      if (manifest === undefined || other === undefined || calico.policy(manifest) === undefined) continue;
      const at = cluster.isLinted(manifest)
        ? { object: manifest, path: broad.rule.origin.path }
        : { object: other, path: narrow.rule.origin.path };
      const sentence = `the narrower rule (${net.policies.place(narrow.policy)})`;
      const because = [{ object: other, path: narrow.rule.origin.path, sentence }];
      const restsOn = net.order.together(broad.policy, [narrow.policy]);
      yield isEverywhere ? { is: 'all', at, because, restsOn, pair } : { is: 'some', at, because, restsOn, pair };
    }
  },
  say: {
    all: ({ pair }, { facts: { net } }) => words(pair, net),
    some: ({ pair }, { facts: { net } }) => ({ ...words(pair, net), pods: net.order.pods(pair.endpoints) }),
  },
});

type Pair = Facts['net']['order']['inverted'][number];

function words({ broad, narrow }: Pair, { order }: Facts['net']) {
  const [allows, deny] = narrow.rule.action === 'deny' ? ['allows', 'deny'] : ['denies', 'allow'];
  return {
    broad: order.ruleTitle(broad.rule),
    allows,
    narrow: order.ruleTitle(narrow.rule),
    deny,
    hint: 'put the narrower rule before the broader one: the first rule that matches decides',
  };
}
