import { defineRule, listed } from '../../src/lint/rule.ts';

/** A policy that selects host-network pods only: policies of pods do not apply to them. */
export const rule = defineRule({
  id: 'net/policy-on-host-network',
  summary: 'No policy selects host-network pods only',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'network-policy',
  needs: ['net'],
  messages: {
    host: '{title} `{name}` has no effect: it selects host-network pods only ({pods})',
  },
  *find(policy, { facts: { net } }) {
    const { object, kindTitle: title, namespace } = policy;
    for (const { role, path, fault } of net.selections.emptyOf(policy)) {
      if (role !== 'subject' || fault.kind !== 'host-network') continue;
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
      hint: 'protect the node with a policy on a Calico HostEndpoint, or remove `hostNetwork` from the pods',
    }),
  },
});
