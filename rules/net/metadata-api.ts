import { defineRule, type Endpoint, type Facts, listed, type Place } from '../../src/lint/rule.ts';

/**
 * A rule that allows pods to reach the instance metadata service of a cloud. Asks the network engine which rule allows it. About the whole tree:
 * each pod is evaluated, and a rule is reported once for all of its pods.
 */
export const rule = defineRule({
  id: 'net/metadata-api',
  summary: 'No rule allows pods to reach the cloud instance metadata service',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['C-0052'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    allowed:
      '{pods} can reach 169.254.169.254, the cloud instance metadata service, which exposes the credentials of the node',
  },
  when: ({ facts: { net } }) => net.policies.restrict('egress'),
  *find(_cluster, { facts }) {
    for (const { at, pods } of allowingRules(facts)) yield { is: 'allowed', at, pods };
  },
  say: {
    allowed: ({ pods }, { facts: { net } }) => ({
      pods: listed(
        pods.map((endpoint) => net.pods.describe(endpoint)),
        3,
      ),
      hint: 'exclude `169.254.169.254/32` from the addresses that the rule allows',
    }),
  },
});

interface AllowingRule {
  readonly at: Place;
  readonly pods: Endpoint[];
}

function allowingRules({ net, cluster }: Pick<Facts, 'net' | 'cluster'>): Iterable<AllowingRule> {
  const rules = new Map<string, AllowingRule>();
  const to = net.traffic.addressEnd('169.254.169.254');
  if (to === undefined) return [];
  for (const pod of net.pods.all) {
    const endpoint = net.pods.endpointOf(pod);
    // Pods whose egress no policy restricts are reported by net/default-deny-missing.
    if (endpoint === undefined || net.traffic.isolators(endpoint, 'egress').length === 0) continue;
    const from = net.traffic.podEnd(pod);
    if (net.traffic.side('egress', from, to, 6, 80) !== 'allow') continue;
    const { decision, because } = net.traffic.flow(from, to, 6, 80);
    const [reason] = because;
    if (decision !== 'allow' || reason === undefined || 'implicit' in reason.object || reason.path.length === 0)
      continue;
    const { object, path } = reason;
    const written = net.policies.written.find((each) => each.object === object);
    const rule = written?.rules.find((each) => each.path.every((segment, index) => path[index] === segment));
    // A rule without peers does not restrict egress at all.
    if (!cluster.isLinted(object) || rule?.peers.length === 0) continue;
    const key = `${object.kind} ${object.namespace}/${object.name} ${path.join('.')}`;
    const known = rules.get(key);
    if (known === undefined) rules.set(key, { at: { object, path }, pods: [endpoint] });
    else known.pods.push(endpoint);
  }
  return rules.values();
}
