import { defineCheckRule, type FieldPath, listed, type ManifestObject } from '../../src/lint/rule.ts';

/** A rule that lets pods reach the metadata address of a cloud. Asks the network engine which rule lets them. */
export const rule = defineCheckRule({
  id: 'net/metadata-api',
  summary: 'No rule lets pods reach the metadata address of a cloud',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  aliases: ['C-0052'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    allowed: '{pods} may reach 169.254.169.254, where clouds serve the credentials of the node',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const to = net.traffic.addressEnd('169.254.169.254');
    if (to === undefined) return;
    const groups = new Map<string, { readonly place: Parameters<typeof report>[0]; readonly pods: string[] }>();
    for (const pod of net.pods.all) {
      const endpoint = net.pods.endpointOf(pod);
      // Whose egress is not limited at all is net/default-deny-missing's.
      if (endpoint === undefined || net.traffic.isolators(endpoint, 'egress').length === 0) continue;
      if (net.traffic.side('egress', net.traffic.podEnd(pod), to, 6, 80) !== 'allow') continue;
      const { decision, because } = net.traffic.flow(net.traffic.podEnd(pod), to, 6, 80);
      const [reason] = because;
      if (decision !== 'allow' || reason === undefined || 'implicit' in reason.object || reason.path.length === 0)
        continue;
      const { object, path } = reason;
      if (!cluster.isLinted(object) || isForEverybody(object, path)) continue;
      const key = `${object.kind} ${object.namespace}/${object.name} ${path.join('.')}`;
      const group = groups.get(key) ?? { place: { object, path }, pods: [] };
      groups.set(key, group);
      group.pods.push(net.pods.describe(endpoint));
    }
    // A rule without peers does not limit egress at all.
    function isForEverybody(object: ManifestObject, path: FieldPath): boolean {
      const written = net.policies.written.find((each) => each.object === object);
      const rule = written?.rules.find((each) => each.path.every((segment, index) => path[index] === segment));
      return rule?.peers.length === 0;
    }
    for (const { place, pods } of groups.values()) {
      report(
        place,
        'allowed',
        { pods: listed(pods, 3) },
        { hint: 'take `169.254.169.254/32` out of the block; outside of a cloud nobody answers there' },
      );
    }
  },
});
