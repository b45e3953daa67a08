import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** Pods that no policy governs on the way in, beside others of their namespace that are. */
export const rule = defineCheckRule({
  id: 'net/pod-not-isolated',
  summary: 'Every pod of a namespace with network policies is selected by one for ingress',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['non-isolated-pod', 'missingNetworkPolicy', 'pod-networkpolicy', 'C-0260', 'C-0030'],
  scope: 'tree',
  needs: ['net'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces whose pods may be open',
    },
  },
  messages: {
    open: 'no network policy limits who may reach {pods}, while others of namespace `{namespace}` are protected',
  },
  check(_cluster, { facts: { net }, options, report }) {
    for (const { namespace, isolation, open, isGuessed } of net.isolation.namespaces) {
      const [first] = open;
      if (isolation !== 'some' || first === undefined || options.ignoreNamespaces.includes(namespace)) continue;
      const pods = listed(
        open.map(({ name }) => name),
        3,
      );
      report(
        first.pod.owner,
        'open',
        { pods, namespace },
        {
          hint: 'add a policy that selects every pod of the namespace and denies',
          ...(isGuessed ? { atMost: 'info' } : {}),
        },
      );
    }
  },
});
