import { defineRule } from '../../src/lint/rule.ts';

/**
 * Pods that can query the DNS pods and not the DNS cache of their node, which is in the tree. Asks the network engine. About the whole tree,
 * because a policy is reported once, for the first pod that it cuts off.
 */
export const rule = defineRule({
  id: 'net/dns-node-local',
  summary: 'Pods that can query DNS can query the cache of their node',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied: '{pod} can query the DNS pods, but {title} denies its queries to the node-local DNS cache at {address}',
  },
  when: ({ facts: { net } }) => net.policies.restrict('egress'),
  *find(_cluster, { facts: { net, cluster } }) {
    const { nodeLocalDns: cache, dns } = net.callers;
    const address = cache && net.traffic.addressEnd(cache.address);
    if (cache === undefined || address === undefined) return;
    const because = [{ object: cache.object, path: [], sentence: 'the cache runs on the host network' }];
    const seen = new Set<string>();
    for (const pod of net.pods.all) {
      const endpoint = net.pods.endpointOf(pod);
      if (endpoint === undefined || !cluster.isLinted(pod.owner) || dns.some((each) => each.pod === pod)) continue;
      const [policy] = net.traffic.isolators(endpoint, 'egress');
      const object = policy?.origin.object.manifest;
      if (policy === undefined || object === undefined || seen.has(`${object.namespace}/${object.name}`)) continue;
      const from = net.traffic.podEnd(pod);
      const canAsk = dns.some(
        (to) => net.traffic.side('egress', from, net.traffic.podEnd(to.pod), to.protocol, to.port) === 'allow',
      );
      if (!canAsk || net.traffic.side('egress', from, address, 17, 53) !== 'deny') continue;
      seen.add(`${object.namespace}/${object.name}`);
      const at = { object, path: ['spec'], at: 'key' } as const;
      yield { is: 'denied', at, because, endpoint, policy, address: cache.address };
    }
  },
  say: {
    denied: ({ endpoint, policy, address }, { facts: { net } }) => ({
      pod: net.pods.describe(endpoint),
      title: net.policies.title(policy),
      address,
      hint: `allow egress to UDP and TCP port 53 of \`${address}/32\`; no pod selector matches the cache`,
    }),
  },
});
