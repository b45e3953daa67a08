import { defineRule } from '../../src/lint/rule.ts';

/** A Service with `externalIPs`: every node sends traffic for these addresses to its pods (CVE-2020-8554). */
export const rule = defineRule({
  id: 'net/service-external-ip',
  summary: 'No Service sets `externalIPs`',
  severity: 'warning',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net'],
  aliases: ['KSV-0108'],
  scope: 'service',
  needs: [],
  messages: {
    address: 'Service `{name}` captures all traffic of nodes and pods to {addresses}',
  },
  find({ object, name, externalIPs }) {
    if (externalIPs.length === 0) return [];
    return [{ is: 'address', at: { object, path: ['spec', 'externalIPs'], at: 'key' }, name, externalIPs }];
  },
  say: {
    address: ({ name, externalIPs }) => ({
      name,
      addresses: externalIPs.map((address) => `\`${address}\``).join(', '),
      hint: 'use a Service of type LoadBalancer, and enable the admission plugin DenyServiceExternalIPs',
    }),
  },
});
