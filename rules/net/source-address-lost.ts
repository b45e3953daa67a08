import { defineRule } from '../../src/lint/rule.ts';

/** A rule for public addresses, on pods behind a Service that replaces the client address. */
export const rule = defineRule({
  id: 'net/source-address-lost',
  summary: 'Rules for public addresses see the address of the client',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    lost: 'Service `{service}` ({type}) can replace the client address with that of a node: `{cidr}` then does not match, and the client is denied',
  },
  *find({ policy: { object, policy }, rule: { direction, peers, compiled } }, { facts: { net } }) {
    if (policy === undefined || direction !== 'ingress' || compiled.every(({ action }) => action !== 'allow')) return;
    const { read, holds } = net.blocks;
    const inside = PRIVATE.flatMap((text) => read(text)?.cidr ?? []);
    for (const { path, text } of peers.flatMap(({ blocks }) => blocks)) {
      const cidr = read(text)?.cidr;
      if (cidr === undefined || cidr.bits === 0 || inside.some((block) => holds(block, cidr))) continue;
      const pods = net.policies.subjects(policy).sure.flatMap((endpoint) => endpoint.object.source ?? []);
      const service = pods.flatMap((pod) => net.services.of(pod)).find((each) => net.services.hidesSource(each));
      if (service === undefined) continue;
      const sentence = 'traffic from outside arrives through this Service';
      const because = [{ object: service.object, path: ['spec', 'type'], sentence }];
      yield { is: 'lost', at: { object, path }, because, service: service.name, type: service.type, cidr: text };
    }
  },
  say: {
    lost: ({ service, type, cidr }) => ({
      service,
      type,
      cidr,
      hint: 'set `externalTrafficPolicy: Local` on the Service',
    }),
  },
});

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
