import { defineCheckRule } from '../../src/lint/rule.ts';

/** A rule for addresses outside, on pods behind a Service that hides them. */
export const rule = defineCheckRule({
  id: 'net/source-address-lost',
  summary: 'Rules for addresses outside see these addresses',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    lost: "Service `{service}` ({type}) sends traffic on from any node with that node's address: `{cidr}` seldom matches",
  },
  check(_cluster, { facts: { net }, report }) {
    const { read, holds } = net.blocks;
    const inside = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].flatMap(
      (text) => read(text)?.cidr ?? [],
    );
    for (const { object, policy, rules } of net.policies.written) {
      if (policy === undefined) continue;
      for (const { direction, peers, compiled } of rules) {
        if (direction !== 'ingress' || compiled.every(({ action }) => action !== 'allow')) continue;
        for (const { path, text } of peers.flatMap(({ blocks }) => blocks)) {
          const cidr = read(text)?.cidr;
          if (cidr === undefined || cidr.bits === 0 || inside.some((block) => holds(block, cidr))) continue;
          const pods = net.policies.subjects(policy).sure.flatMap((endpoint) => endpoint.object.source ?? []);
          const service = pods.flatMap((pod) => net.services.of(pod)).find((each) => net.services.hidesSource(each));
          if (service === undefined) continue;
          report(
            { object, path },
            'lost',
            { service: service.name, type: service.type, cidr: text },
            {
              hint: 'set `externalTrafficPolicy: Local` on the Service',
              because: [
                {
                  object: service.object,
                  path: ['spec', 'type'],
                  sentence: 'traffic from outside arrives through this Service',
                },
              ],
            },
          );
        }
      }
    }
  },
});
