import { defineCheckRule } from '../../src/lint/rule.ts';

/** A Service that opens a port of every node, or asks for a load balancer outside. */
export const rule = defineCheckRule({
  id: 'net/service-type',
  summary: 'Services are reachable from outside only where that is meant',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['exposed-services', 'service-type'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  options: {
    allow: {
      type: 'strings',
      default: [],
      description: 'Services that may, as `namespace/name`',
    },
  },
  messages: {
    nodePort: 'Service `{name}` opens a port on every node of the cluster',
    loadBalancer: 'Service `{name}` asks for a load balancer that the whole internet may reach',
  },
  check(_cluster, { facts: { net, cluster }, options, report }) {
    for (const service of net.services.all) {
      const { object, name, namespace, type } = service;
      if (!cluster.isLinted(object) || options.allow.includes(`${namespace}/${name}`)) continue;
      // net/exposed says it better.
      if (net.exposures.sensitive.some((each) => each.service === service)) continue;
      const place = { object, path: ['spec', 'type'] };
      if (type === 'NodePort') {
        report(place, 'nodePort', { name }, { hint: 'an Ingress or a route needs no more than a ClusterIP' });
      } else if (type === 'LoadBalancer' && !net.services.isLimited(service)) {
        const hint = 'list who may reach it under `spec.loadBalancerSourceRanges`, or make the load balancer internal';
        report(place, 'loadBalancer', { name }, { hint });
      }
    }
  },
});
