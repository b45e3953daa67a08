import { defineCheckRule, listed } from '../../src/lint/rule.ts';

/** A policy that is called after what it allows, and is the only one to close what it selects to others. Asks the network engine. */
export const rule = defineCheckRule({
  id: 'net/isolates-unlisted',
  summary: 'Who is cut off by a policy that allows is listed',
  severity: 'info',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    cuts: 'policy `{name}` alone closes {pods} to whom it does not list: {others} of its namespace',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const { object, isCalico, policy, rules, namespace } of net.policies.written) {
      if (isCalico || policy === undefined || !policy.governs.ingress || !/^allow\b/.test(object.name)) continue;
      // A kustomization may put it into another namespace.
      if (cluster.isTransformed(object)) continue;
      if (!rules.some(({ direction }) => direction === 'ingress')) continue;
      const subject = net.policies
        .subjects(policy)
        .sure.find((endpoint) => net.traffic.isolators(endpoint, 'ingress').length === 1);
      const source = subject?.object.source;
      const service = source && net.services.of(source)[0];
      const port = service?.ports[0];
      const target = source && port && net.services.targetAt(source, port);
      if (subject === undefined || source === undefined || target === undefined) continue;
      const neighbours = net.pods.all
        .filter((pod) => pod.namespace === namespace && pod !== source && net.pods.endpointOf(pod) !== undefined)
        .slice(0, 100);
      const cut = neighbours.filter(
        (pod) =>
          net.traffic.side(
            'ingress',
            net.traffic.podEnd(pod),
            net.traffic.podEnd(source),
            target.protocol,
            target.port,
          ) === 'deny',
      );
      if (cut.length === 0) continue;
      const others = listed(
        cut.map(({ owner }) => owner.name),
        3,
      );
      report(object, 'cuts', { name: object.name, pods: net.pods.describe(subject), others });
    }
  },
});
