import { defineRule, type Endpoint, type Facts, listed, type NetPolicy, type Reason } from '../../src/lint/rule.ts';

/** Pods with restricted egress that cannot reach DNS. Asks the network engine. */
export const rule = defineRule({
  id: 'net/dns-egress-missing',
  summary: 'Pods with restricted egress can reach DNS',
  severity: 'error',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement', 'no-other-policies'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    denied: '{pods} cannot resolve DNS names: {title} denies {protocols} to the DNS pods {dns}',
    // Nearly everything can be resolved over UDP alone.
    deniedTcp: {
      level: 'warning',
      text: '{pods} can resolve DNS names over UDP only: {title} denies TCP to the DNS pods {dns}',
    },
    // Clusters whose DNS pods are not in the manifests may resolve names elsewhere.
    none: {
      level: 'warning',
      text: '{pods} cannot resolve DNS names: egress is limited by {title} and no rule allows UDP port 53',
    },
  },
  when: ({ facts: { net } }) => net.policies.restrict('egress'),
  *find(_cluster, { facts }) {
    const { dns } = facts.net.callers;
    for (const { policy, denied, pods, because } of cutOff(facts)) {
      const object = policy.origin.object.manifest ?? pods[0]?.object.manifest;
      if (object === undefined) continue;
      const at = { object, path: ['spec'], at: 'key' } as const;
      const [server] = dns;
      if (server === undefined) yield { is: 'none', at, because, pods, policy };
      else if (denied.includes(17)) yield { is: 'denied', at, because, pods, policy, server, denied };
      else yield { is: 'deniedTcp', at, because, pods, policy, server };
    }
  },
  say: {
    denied: (found, { facts: { net } }) => ({
      ...wordsOf(found, net),
      protocols: found.denied.includes(6) ? 'UDP and TCP' : 'UDP',
    }),
    deniedTcp: (found, { facts: { net } }) => wordsOf(found, net),
    none: ({ pods, policy }, { facts: { net } }) => ({
      pods: listed(
        pods.map((each) => net.pods.describe(each)),
        3,
      ),
      title: net.policies.title(policy),
      hint: 'allow egress to UDP and TCP port 53 of the DNS pods',
    }),
  },
});

type Asked = Pick<Facts, 'net' | 'cluster'>;
type DnsPod = Facts['net']['callers']['dns'][number];

/** The pods that one policy keeps from DNS, over the same protocols. */
interface CutOff {
  readonly policy: NetPolicy;
  /** The protocols over which a DNS pod is denied; none where the manifests have no such pod. */
  readonly denied: readonly number[];
  readonly pods: Endpoint[];
  readonly because: readonly Reason[];
}

function cutOff(facts: Asked): Iterable<CutOff> {
  const { net, cluster } = facts;
  const { dns } = net.callers;
  const groups = new Map<string, CutOff>();
  for (const pod of net.pods.all) {
    const endpoint = net.pods.endpointOf(pod);
    if (endpoint === undefined || !cluster.isLinted(pod.owner)) continue;
    const [policy] = net.traffic.isolators(endpoint, 'egress');
    // Pods that may send nothing at all were meant to be sealed, those of DNS ask nobody inside.
    if (policy === undefined || dns.some((each) => each.pod === pod) || !maySend(facts, endpoint)) continue;
    const from = net.traffic.podEnd(pod);
    const servers = dns.filter(
      (server) =>
        net.traffic.side('egress', from, net.traffic.podEnd(server.pod), server.protocol, server.port) === 'deny',
    );
    if (dns.length === 0 ? !lacksUdp(facts, endpoint) : !isCut(dns, servers)) continue;
    const denied = [...new Set(servers.map(({ protocol }) => protocol))].sort((a, b) => b - a);
    const id = `${policy.kind} ${policy.namespace}/${policy.name} ${denied.join()}`;
    const group = groups.get(id) ?? {
      policy,
      denied,
      pods: [],
      because: servers
        .slice(0, 1)
        .flatMap(
          (server) => net.traffic.flow(from, net.traffic.podEnd(server.pod), server.protocol, server.port).because,
        ),
    };
    groups.set(id, group);
    group.pods.push(endpoint);
  }
  return groups.values();
}

/** Whether all DNS pods of one protocol are denied. */
function isCut(dns: readonly DnsPod[], denied: readonly DnsPod[]): boolean {
  return denied.some(({ protocol }) =>
    dns.filter((each) => each.protocol === protocol).every((each) => denied.includes(each)),
  );
}

function maySend({ net }: Asked, endpoint: Endpoint): boolean {
  const { anyPod, anyAddress } = net.traffic.strangers;
  return [anyPod, anyAddress].some((to) => !net.traffic.deniesAll(endpoint, 'egress', to, 6));
}

function lacksUdp({ net }: Asked, endpoint: Endpoint): boolean {
  const { anyPod, anyAddress } = net.traffic.strangers;
  // Pods that may reach addresses alone need no names.
  return (
    net.traffic.deniesAll(endpoint, 'egress', anyPod, 17) &&
    net.traffic.deniesAll(endpoint, 'egress', anyAddress, 17) &&
    !net.traffic.deniesAll(endpoint, 'egress', anyPod, 6)
  );
}

function wordsOf(
  { pods, policy, server }: Pick<CutOff, 'pods' | 'policy'> & { readonly server: DnsPod },
  net: Facts['net'],
) {
  return {
    pods: listed(
      pods.map((each) => net.pods.describe(each)),
      3,
    ),
    title: net.policies.title(policy),
    dns: `\`${server.pod.namespace}/${server.pod.owner.name}\``,
    hint: `allow egress to UDP and TCP port ${String(server.port)} of these pods`,
  };
}
