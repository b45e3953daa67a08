import { defineCheckRule } from '../../src/lint/rule.ts';

/** A policy for pods that are on their node's network: no policy of pods acts on them. */
export const rule = defineCheckRule({
  id: 'net/policy-on-host-network',
  summary: "No policy is for pods on their node's network alone",
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    host: "all that {title} `{name}` selects here is on its node's network ({pods}): the policy has no effect",
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { role, policy, path, fault } of net.selections.empty) {
      if (role !== 'subject' || fault.kind !== 'host-network') continue;
      const { object, kindTitle: title } = policy;
      const pods = fault.pods
        .slice(0, 3)
        .map(({ owner }) => `\`${owner.name}\``)
        .join(', ');
      report(
        { object, path, at: 'key' },
        'host',
        { title, name: object.name, pods },
        {
          hint: 'use a host endpoint, or take the pods off the network of their node',
          ...net.pods.softened(object, policy.namespace),
        },
      );
    }
  },
});
