import { defineCheckRule } from '../../src/lint/rule.ts';

/** A Service with addresses of its own choice: every node sends what goes there to its pods (CVE-2020-8554). */
export const rule = defineCheckRule({
  id: 'net/service-external-ip',
  summary: 'No Service takes addresses for its own',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['KSV-0108'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    address: 'Service `{name}` takes the traffic of all nodes and pods to {addresses}',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    for (const { object, name, externalIPs: taken } of net.services.all) {
      if (!cluster.isLinted(object) || taken.length === 0) continue;
      const addresses = taken.map((address) => `\`${address}\``).join(', ');
      report(
        { object, path: ['spec', 'externalIPs'], at: 'key' },
        'address',
        { name, addresses },
        { hint: 'use a Service of type LoadBalancer, and refuse `externalIPs` by the plugin DenyServiceExternalIPs' },
      );
    }
  },
});
