import { defineRule, type Facts, type PodSource } from '../../src/lint/rule.ts';

/**
 * Pods with an account that can read Secrets, and with a way out to the internet. Asks the network engine and the authorizer. About the whole
 * tree, because a service account is reported once, for the first of its pods.
 */
export const rule = defineRule({
  id: 'net/egress-unrestricted',
  summary: 'Pods that can read Secrets have restricted egress',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'rbac', 'cluster'],
  options: {
    ignoreNamespaces: {
      type: 'strings',
      default: ['kube-system'],
      description: 'namespaces whose pods may read Secrets and reach the internet',
    },
  },
  messages: {
    open: '{pod} can list Secrets as service account `{account}`, and no policy keeps it from sending them to the internet',
  },
  // Where no policy restricts egress, net/default-deny-missing says so once.
  when: ({ facts: { net } }) => net.policies.restrict('egress'),
  *find(_cluster, { facts, options }) {
    const { net, cluster } = facts;
    const [internet] = net.traffic.internetEnds();
    if (internet === undefined) return;
    const seen = new Set<string>();
    for (const pod of net.pods.all) {
      const { namespace, accountName, owner } = pod;
      const account = `${namespace}/${accountName}`;
      const endpoint = net.pods.endpointOf(pod);
      if (endpoint === undefined || seen.has(account) || !cluster.isLinted(owner)) continue;
      if (options.ignoreNamespaces.includes(namespace) || accountName === '' || !net.pods.mountsToken(pod)) continue;
      if (net.traffic.side('egress', net.traffic.podEnd(pod), internet, 6, 443) !== 'allow') continue;
      if (!listsSecrets(facts, pod)) continue;
      seen.add(account);
      yield { is: 'open', at: owner, endpoint, account };
    }
  },
  say: {
    open: ({ endpoint, account }, { facts: { net } }) => ({
      pod: net.pods.describe(endpoint),
      account,
      hint: 'add an egress policy that allows only the API server and the other destinations that the pod needs',
    }),
  },
});

function listsSecrets(
  { cluster, rbac }: Pick<Facts, 'cluster' | 'rbac'>,
  { namespace, accountName }: PodSource,
): boolean {
  const { name: user, groups } = cluster.accountUser(namespace, accountName);
  return rbac.allows({ user, groups, verb: 'list', resource: 'secrets', namespace });
}
