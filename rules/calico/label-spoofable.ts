import { defineCheckRule } from '../../src/lint/rule.ts';

/** A rule that allows pods of any namespace by their own labels alone. What labels are whose: libcalico-go conversion, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/label-spoofable',
  summary: 'No rule trusts a label that anybody may set',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    from: 'whoever may make a pod in any namespace can label it `{label}`, and `{title}` then allows what it sends',
    to: 'whoever may make a pod in any namespace can label it `{label}`, and `{title}` then allows traffic to it',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || manifest === undefined || !cluster.isLinted(manifest)) continue;
      if (calico.policy(manifest) === undefined) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const side = direction === 'ingress' ? 'source' : 'destination';
        for (const rule of policy.governs[direction] ? policy.rules[direction] : []) {
          const { selector, nets } = rule[side];
          if (rule.action !== 'allow' || selector === undefined || nets !== undefined) continue;
          const label = net.system.trustedLabel(selector);
          if (label === undefined) continue;
          // Only labels that pods have: those of network sets and host endpoints are set by who runs the cluster.
          const { sure, possible } = net.selections.matched(selector);
          if (![...sure, ...possible].some(({ kind }) => kind === 'pod')) continue;
          report(
            { object: manifest, path: [...rule.origin.path, side, 'selector'] },
            direction === 'ingress' ? 'from' : 'to',
            { label, title: net.order.ruleTitle(rule) },
            { hint: 'add a `namespaceSelector` for the namespace that the pods are in' },
          );
        }
      }
    }
  },
});
