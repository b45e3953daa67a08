import { defineCheckRule } from '../../src/lint/rule.ts';

/** A peer of a global policy that takes in pods of every namespace together with host endpoints or network sets. Mirrors updateprocessors/rules.go, v3.32. */
export const rule = defineCheckRule({
  id: 'calico/selector-scope',
  summary: 'A peer of a global policy says which namespaces it means',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    all: 'the selector of `{title}` is for pods of every namespace, and for {others} too',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (policy.staged || manifest === undefined || !cluster.isLinted(manifest)) continue;
      const written = calico.policy(manifest);
      if (written?.isGlobal !== true) continue;
      for (const { direction, path, value, peers } of written.rules) {
        const side = direction === 'ingress' ? 'source' : 'destination';
        const [peer] = peers;
        const rule = policy.rules[direction].find(({ origin }) => origin.path.join() === path.join());
        const selector = rule?.[side].selector;
        if (rule === undefined || selector === undefined || value.action !== 'Allow') continue;
        if (typeof peer?.value.selector !== 'string' || typeof peer.value.namespaceSelector === 'string') continue;
        const { sure } = net.selections.matched(selector);
        const kinds = new Set(sure.map(({ kind }) => kind));
        if (!kinds.has('pod') || kinds.size === 1) continue;
        const others = [kinds.has('host') ? 'host endpoints' : [], kinds.has('set') ? 'network sets' : []]
          .flat()
          .join(' and ');
        report(
          { object: manifest, path: [...path, side, 'selector'] },
          'all',
          { title: net.order.ruleTitle(rule), others },
          { hint: 'add `namespaceSelector: all()` for pods alone, or `global()` for what is in no namespace' },
        );
      }
    }
  },
});
