import { defineCheckRule } from '../../src/lint/rule.ts';

/** Pods that may ask the pods of DNS and not the cache of their node, which is in the tree. Asks the network engine. */
export const rule = defineCheckRule({
  id: 'net/dns-node-local',
  summary: 'Pods that may ask DNS may ask the cache of their node',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied: '{pods} may ask the pods of DNS, and not the cache of their node at {address}: no selector finds it there',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { nodeLocalDns: cache, dns } = net.callers;
    const address = cache && net.traffic.addressEnd(cache.address);
    if (cache === undefined || address === undefined) return;
    const seen = new Set<string>();
    for (const pod of net.pods.all) {
      const endpoint = net.pods.endpointOf(pod);
      if (endpoint === undefined || !cluster.isLinted(pod.owner) || dns.some((each) => each.pod === pod)) continue;
      const [policy] = net.traffic.isolators(endpoint, 'egress');
      const object = policy?.origin.object.manifest;
      if (object === undefined || seen.has(`${object.namespace}/${object.name}`)) continue;
      const from = net.traffic.podEnd(pod);
      const mayAsk = dns.some(
        (to) => net.traffic.side('egress', from, net.traffic.podEnd(to.pod), to.protocol, to.port) === 'allow',
      );
      if (!mayAsk || net.traffic.side('egress', from, address, 17, 53) !== 'deny') continue;
      seen.add(`${object.namespace}/${object.name}`);
      report(
        { object, path: ['spec'], at: 'key' },
        'denied',
        { pods: net.pods.describe(endpoint), address: cache.address },
        {
          hint: `allow UDP and TCP port 53 of \`${cache.address}/32\``,
          because: [{ object: cache.object, path: [], sentence: 'the cache runs on the network of its node' }],
        },
      );
    }
  },
});
