import { defineCheckRule } from '../../src/lint/rule.ts';

/** A rule whose only peers are network sets without members in the manifests. */
export const rule = defineCheckRule({
  id: 'calico/network-set-empty',
  summary: 'Rules refer to network sets with members',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['calico'],
  scope: 'tree',
  needs: ['net', 'cluster', 'calico'],
  messages: {
    empty: '`{title}` refers to {sets}, whose members no manifest gives: what it matches is not known',
  },
  check(_cluster, { facts: { net, cluster, calico }, report }) {
    for (const policy of net.policies.all) {
      const { manifest } = policy.origin.object;
      if (manifest === undefined || !cluster.isLinted(manifest) || calico.policy(manifest) === undefined) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const side = direction === 'ingress' ? 'source' : 'destination';
        for (const rule of policy.rules[direction]) {
          const { selector } = rule[side];
          if (selector === undefined) continue;
          const { sure, possible } = net.selections.matched(selector);
          const isEmpty = sure.every(({ kind, nets }) => kind === 'set' && nets.length === 0);
          if (sure.length === 0 || possible.length > 0 || !isEmpty) continue;
          const sets = sure
            .slice(0, 3)
            .map(({ object }) => `\`${object.kind} ${object.name}\``)
            .join(', ');
          const because = sure.flatMap(({ object }) =>
            object.manifest === undefined
              ? []
              : [{ object: object.manifest, path: ['spec'], sentence: 'has no members' }],
          );
          report(
            { object: manifest, path: [...rule.origin.path, side] },
            'empty',
            { title: net.order.ruleTitle(rule), sets },
            { because, hint: 'write the members into `spec.nets` of the set' },
          );
        }
      }
    }
  },
});
