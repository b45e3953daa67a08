import { defineRule } from '../../src/lint/rule.ts';

/** A Service that opens a port of every node, or requests a public load balancer. */
export const rule = defineRule({
  id: 'net/service-type',
  summary: 'Services are reachable from outside the cluster only where that is intended',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['exposed-services', 'service-type'],
  scope: 'service',
  needs: ['net'],
  options: {
    allow: {
      type: 'strings',
      default: [],
      description: 'Services that are reachable from outside on purpose, as `namespace/name`',
    },
  },
  messages: {
    nodePort: 'Service `{name}` opens a port on every node of the cluster',
    loadBalancer: 'Service `{name}` requests a load balancer that the whole internet can reach',
  },
  *find(service, { facts: { net }, options }) {
    const { object, name, namespace, type } = service;
    if (options.allow.includes(`${namespace}/${name}`)) return;
    // Left to net/exposed.
    if (net.exposures.sensitive.some((each) => each.service === service)) return;
    const at = { object, path: ['spec', 'type'] };
    if (type === 'NodePort') yield { is: 'nodePort', at, name };
    else if (type === 'LoadBalancer' && !net.services.isLimited(service)) yield { is: 'loadBalancer', at, name };
  },
  say: {
    nodePort: ({ name }) => ({ name, hint: 'use type ClusterIP behind an Ingress or a Gateway route' }),
    loadBalancer: ({ name }) => ({
      name,
      hint: 'list the allowed addresses in `spec.loadBalancerSourceRanges`, or make the load balancer internal',
    }),
  },
});
