import { defineCheckRule } from '../../src/lint/rule.ts';

/** A namespace whose pods no policy governs, in a tree that has policies. Asks the network engine which policies select them. */
export const rule = defineCheckRule({
  id: 'net/namespace-without-policy',
  summary: 'Every namespace with pods has a network policy',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['C-0206', 'C-0049', 'C-0054'],
  scope: 'tree',
  needs: ['net'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system', 'kube-public', 'kube-node-lease'],
      description: 'namespaces that need none',
    },
  },
  messages: {
    none: 'no network policy selects {pods} of namespace `{namespace}`: everything may reach {them}, and {they} everything',
  },
  check(_cluster, { facts: { net }, options, report }) {
    if (!net.isolation.hasPolicies) return;
    for (const { namespace, place, pods, isolation, isGuessed } of net.isolation.namespaces) {
      if (isolation !== 'none' || options.ignoreNamespaces.includes(namespace)) continue;
      report(
        place,
        'none',
        {
          namespace,
          ...(pods.length > 1
            ? { pods: `any of the ${String(pods.length)} workloads`, them: 'them', they: 'they' }
            : { pods: 'the one workload', them: 'it', they: 'it' }),
        },
        { hint: 'begin with a policy that denies by default', ...(isGuessed ? { atMost: 'info' } : {}) },
      );
    }
  },
});
