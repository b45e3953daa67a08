import { defineCheckRule } from '../../src/lint/rule.ts';

/** A block that is the address of a Service. Policies see a packet after its address was rewritten to that of a pod. */
export const rule = defineCheckRule({
  id: 'net/service-address-in-policy',
  summary: 'Rules name the addresses of pods, not those of Services',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    service: '`{cidr}` is an address of Service `{service}`: it is rewritten to that of a pod before policies see it',
    range:
      '`{cidr}` lies in `{range}`, where Services have their addresses: they are rewritten before policies see them',
  },
  check(_cluster, { facts: { net }, report }) {
    const { read, holds } = net.blocks;
    for (const { object, policy, rules } of net.policies.written) {
      if (policy === undefined) continue;
      for (const { path, text } of rules
        .filter(({ direction }) => direction === 'egress')
        .flatMap(({ peers }) => peers)
        .flatMap(({ blocks }) => blocks)) {
        const cidr = read(text)?.cidr;
        if (cidr === undefined) continue;
        const hint = 'name the pods behind the Service by their labels';
        const service = net.addresses.ofServices.find(({ address }) => {
          const own = read(address)?.cidr;
          return own !== undefined && holds(cidr, own) && cidr.bits === own.bits;
        });
        const range = net.addresses.serviceRanges.find((each) => {
          const own = read(each)?.cidr;
          return own !== undefined && holds(own, cidr);
        });
        if (service !== undefined)
          report({ object, path }, 'service', { cidr: text, service: service.service.name }, { hint });
        else if (range !== undefined) report({ object, path }, 'range', { cidr: text, range }, { hint });
      }
    }
  },
});
