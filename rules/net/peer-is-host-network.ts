import { defineRule, listed } from '../../src/lint/rule.ts';

/** A peer that matches host-network pods only: they have the address of their node, and no labels. Mirrors libcalico's pod conversion. */
export const rule = defineRule({
  id: 'net/peer-is-host-network',
  summary: 'No peer selects host-network pods only',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    host: 'a peer of {title} `{name}` matches host-network pods only ({pods}): the rule does not apply to their traffic, which has the address of the node',
  },
  *find(policy, { facts: { net } }) {
    const { object, kindTitle: title, namespace } = policy;
    for (const { role, path, fault } of net.selections.emptyOf(policy)) {
      if (role !== 'peer' || fault.kind !== 'host-network') continue;
      const restsOn = [{ on: 'pods-of-namespace', object, namespace }] as const;
      yield { is: 'host', at: { object, path, at: 'key' }, restsOn, title, name: object.name, pods: fault.pods };
    }
  },
  say: {
    host: ({ title, name, pods }) => ({
      title,
      name,
      pods: listed(
        pods.map(({ owner }) => `\`${owner.name}\``),
        3,
      ),
      hint: 'allow the addresses of the nodes instead',
    }),
  },
});
