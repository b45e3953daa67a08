import { defineCheckRule, type Endpoint, listed, type NetPolicy, type Reason } from '../../src/lint/rule.ts';

/** Pods whose egress is limited to some pods or addresses, name resolution not among them. Asks the network engine. */
export const rule = defineCheckRule({
  id: 'net/dns-egress-missing',
  summary: 'Pods that may send something may ask for names',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied: '{pods} may not ask {dns} for names over {protocols}: {title} denies it',
    none: '{pods} may send something, but no UDP to anything, and so not ask for names: {title} denies it',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const { dns } = net.callers;
    const groups = new Map<
      string,
      {
        readonly policy: NetPolicy;
        readonly key: 'denied' | 'none';
        readonly protocols: string;
        readonly pods: Endpoint[];
        readonly because: readonly Reason[];
      }
    >();
    for (const pod of net.pods.all) {
      const endpoint = net.pods.endpointOf(pod);
      if (endpoint === undefined || !cluster.isLinted(pod.owner)) continue;
      const [policy] = net.traffic.isolators(endpoint, 'egress');
      // Pods that may send nothing at all were meant to be sealed, those of DNS ask nobody inside.
      if (policy === undefined || dns.some((each) => each.pod === pod) || !maySend(endpoint)) continue;
      const from = net.traffic.podEnd(pod);
      const answers = dns.map((server) => {
        const decision = net.traffic.side('egress', from, net.traffic.podEnd(server.pod), server.protocol, server.port);
        return { ...server, isDenied: decision === 'deny' };
      });
      const denied = answers.filter(({ isDenied }) => isDenied);
      const isCut =
        dns.length === 0
          ? lacksUdp(endpoint)
          : answers.some(
              ({ protocol }) =>
                denied.length > 0 &&
                answers.filter((each) => each.protocol === protocol).every((each) => denied.includes(each)),
            );
      if (!isCut) continue;
      const protocols =
        dns.length === 0
          ? ''
          : [...new Set(denied.map(({ protocol }) => (protocol === 17 ? 'UDP' : 'TCP')))]
              .sort()
              .reverse()
              .join(' and ');
      const id = `${policy.kind} ${policy.namespace}/${policy.name} ${protocols}`;
      const group =
        groups.get(id) ??
        ({
          policy,
          key: dns.length === 0 ? 'none' : 'denied',
          protocols,
          pods: [],
          because: denied
            .slice(0, 1)
            .flatMap(
              (server) => net.traffic.flow(from, net.traffic.podEnd(server.pod), server.protocol, server.port).because,
            ),
        } as const);
      groups.set(id, group);
      group.pods.push(endpoint);
    }
    for (const { policy, key, protocols, pods, because } of groups.values()) {
      const object = policy.origin.object.manifest ?? pods[0]?.object.manifest;
      if (object === undefined) continue;
      const [server] = dns;
      const data = {
        pods: listed(
          pods.map((each) => net.pods.describe(each)),
          3,
        ),
        title: net.policies.title(policy),
        protocols,
        dns: server === undefined ? '' : `\`${server.pod.namespace}/${server.pod.owner.name}\``,
      };
      const hint =
        server === undefined
          ? 'allow UDP and TCP to port 53 of the pods that answer DNS'
          : `allow UDP and TCP to port ${String(server.port)} of these pods`;
      // Over UDP alone nearly everything can be resolved; and who has no DNS pods in the tree may resolve names elsewhere.
      const soft =
        key === 'none' || protocols === 'TCP' || cluster.isTransformed(object) ? ({ atMost: 'warning' } as const) : {};
      report({ object, path: ['spec'], at: 'key' }, key, data, { because, hint, ...soft });
    }

    function maySend(endpoint: Endpoint): boolean {
      const { anyPod, anyAddress } = net.traffic.strangers;
      return [anyPod, anyAddress].some((to) => !net.traffic.deniesAll(endpoint, 'egress', to, 6));
    }
    function lacksUdp(endpoint: Endpoint): boolean {
      const { anyPod, anyAddress } = net.traffic.strangers;
      // Who may talk to addresses alone needs no names.
      return (
        net.traffic.deniesAll(endpoint, 'egress', anyPod, 17) &&
        net.traffic.deniesAll(endpoint, 'egress', anyAddress, 17) &&
        !net.traffic.deniesAll(endpoint, 'egress', anyPod, 6)
      );
    }
  },
});
