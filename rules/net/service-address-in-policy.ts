import { defineRule } from '../../src/lint/rule.ts';

/** A CIDR of Service addresses in an egress rule. Service addresses are translated to pod addresses before policy is evaluated. */
export const rule = defineRule({
  id: 'net/service-address-in-policy',
  summary: 'Rules name the addresses of pods, not those of Services',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    service:
      '`{cidr}` is the address of Service `{service}`, which is translated to a pod address before policy is evaluated: the rule never matches it',
    range:
      '`{cidr}` lies in the Service range `{range}`, whose addresses are translated to pod addresses before policy is evaluated: the rule never matches them',
  },
  *find({ policy: { object, policy }, rule: { direction, peers } }, { facts: { net } }) {
    if (policy === undefined || direction !== 'egress') return;
    const { read, holds } = net.blocks;
    for (const { path, text } of peers.flatMap(({ blocks }) => blocks)) {
      const cidr = read(text)?.cidr;
      if (cidr === undefined) continue;
      const service = net.addresses.ofServices.find(({ address }) => {
        const own = read(address)?.cidr;
        return own !== undefined && holds(cidr, own) && cidr.bits === own.bits;
      })?.service;
      const range = net.addresses.serviceRanges.find((each) => {
        const own = read(each)?.cidr;
        return own !== undefined && holds(own, cidr);
      });
      const at = { object, path };
      if (service !== undefined) yield { is: 'service', at, cidr: text, service: service.name };
      else if (range !== undefined) yield { is: 'range', at, cidr: text, range };
    }
  },
  say: {
    service: ({ cidr, service }) => ({ cidr, service, hint }),
    range: ({ cidr, range }) => ({
      cidr,
      range,
      hint: `${hint}; for Service \`kubernetes\`, allow the addresses of the control plane nodes`,
    }),
  },
});

const hint = 'select the pods behind the Service by their labels';
