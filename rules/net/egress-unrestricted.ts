import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods with an account that reads Secrets, and a way out to every address. Asks the network engine and the authorizer. */
export const rule = defineCheckRule({
  id: 'net/egress-unrestricted',
  summary: 'Pods that may read Secrets may not reach every address',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'rbac', 'cluster'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces whose pods may',
    },
  },
  messages: {
    open: '{pods} may read Secrets as account `{account}`, and may send what it reads to every address of the internet',
  },
  check(_cluster, { facts: { net, rbac, cluster }, options, report }) {
    // Where nobody limits egress, net/default-deny-missing says so once.
    if (!net.policies.all.some(({ governs }) => governs.egress)) return;
    const [internet] = net.traffic.internetEnds();
    if (internet === undefined) return;
    const seen = new Set<string>();
    for (const pod of net.pods.all) {
      const { namespace, accountName, owner } = pod;
      const account = `${namespace}/${accountName}`;
      const endpoint = net.pods.endpointOf(pod);
      if (
        endpoint === undefined ||
        seen.has(account) ||
        !cluster.isLinted(owner) ||
        options.ignoreNamespaces.includes(namespace)
      )
        continue;
      if (accountName === '' || !net.pods.mountsToken(pod)) continue;
      if (net.traffic.side('egress', net.traffic.podEnd(pod), internet, 6, 443) !== 'allow') continue;
      const { name: user, groups } = cluster.accountUser(namespace, accountName);
      if (!rbac.allows({ user, groups, verb: 'list', resource: 'secrets', namespace })) continue;
      seen.add(account);
      const soft = cluster.isTransformed(owner) ? ({ atMost: 'info' } as const) : {};
      report(
        owner,
        'open',
        { pods: net.pods.describe(endpoint), account },
        { hint: 'limit its egress to the API server and what else it needs', ...soft },
      );
    }
  },
});
