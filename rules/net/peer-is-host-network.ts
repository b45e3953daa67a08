import { defineCheckRule } from '../../src/lint/rule.ts';

/** A peer that is only found on its node's network, where it has the address of the node and no labels. Mirrors libcalico's pod conversion. */
export const rule = defineCheckRule({
  id: 'net/peer-is-host-network',
  summary: "No peer is looked for among pods on their node's network",
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    host: "the only peers of {title} `{name}` here are on their node's network ({pods}): no selector finds them",
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { role, policy, path, fault } of net.selections.empty) {
      if (role !== 'peer' || fault.kind !== 'host-network') continue;
      const { object, kindTitle: title } = policy;
      const pods = fault.pods
        .slice(0, 3)
        .map(({ owner }) => `\`${owner.name}\``)
        .join(', ');
      report(
        { object, path, at: 'key' },
        'host',
        { title, name: object.name, pods },
        { hint: 'allow the addresses of the nodes', ...net.pods.softened(object, policy.namespace) },
      );
    }
  },
});
