import { defineCheckRule } from '../../src/lint/rule.ts';

/** Network policies in a cluster whose network plugin enforces none. */
export const rule = defineCheckRule({
  id: 'net/cni-enforces-policy',
  summary: 'Network policies are for a plugin that enforces them',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['C-0205'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    none: 'the network plugin `{name}` enforces no network policies: {those} of this tree {have} no effect unless something beside it does',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { unenforcing } = net.exposures;
    const { length: count } = net.policies.all;
    if (unenforcing === undefined || count === 0 || !cluster.isLinted(unenforcing.object)) return;
    report(
      unenforcing.object,
      'none',
      {
        name: unenforcing.name,
        ...(count > 1 ? { those: `the ${String(count)}`, have: 'have' } : { those: 'the one', have: 'has' }),
      },
      { hint: 'add Calico for policies (canal), or kube-network-policies' },
    );
  },
});
