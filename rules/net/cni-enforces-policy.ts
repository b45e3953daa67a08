import { defineRule } from '../../src/lint/rule.ts';

/** Network policies in a cluster whose network plugin does not enforce them. About the whole tree: one finding for all of its policies. */
export const rule = defineRule({
  id: 'net/cni-enforces-policy',
  summary: 'The network plugin enforces network policies',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['C-0205'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    none: 'the network plugin `{name}` does not enforce network policies: {policies} no effect unless another component enforces them',
  },
  when: ({ facts: { net } }) => net.isRestricted,
  *find(_cluster, { facts: { net, cluster } }) {
    const { unenforcing } = net.exposures;
    const { length: count } = net.policies.all;
    if (unenforcing === undefined || count === 0 || !cluster.isLinted(unenforcing.object)) return;
    yield { is: 'none', at: unenforcing.object, name: unenforcing.name, count };
  },
  say: {
    none: ({ name, count }) => ({
      name,
      policies:
        count > 1 ? `the ${String(count)} policies of these manifests have` : 'the policy of these manifests has',
      hint: 'install Calico for policy (Canal), or kube-network-policies',
    }),
  },
});
