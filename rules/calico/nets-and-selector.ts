import { defineCheckRule } from '../../src/lint/rule.ts';

/** A peer that must lie in blocks of addresses and be matched by a selector as well. Mirrors felix/calc/rule_scanner.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/nets-and-selector',
  summary: 'A peer is given by addresses or by labels',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    both: 'the {side} of `{title}` must lie in `nets` and have the labels too: nothing in these manifests is known to do both',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || manifest === undefined || !cluster.isLinted(manifest)) continue;
      if (calico.policy(manifest) === undefined) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        for (const rule of policy.rules[direction]) {
          const side = direction === 'ingress' ? 'source' : 'destination';
          const { selector, nets } = rule[side];
          if (selector === undefined || nets === undefined) continue;
          const { sure, possible } = net.selections.matched(selector);
          const owned = [...sure, ...possible].flatMap((owner) => owner.nets);
          if (net.selections.overlap(nets, owned)) continue;
          report(
            { object: manifest, path: [...rule.origin.path, side, 'nets'], at: 'key' },
            'both',
            { side, title: net.order.ruleTitle(rule) },
            { hint: 'write two rules, one with `nets` and one with the selector, if either will do' },
          );
        }
      }
    }
  },
});
