import { defineCheckRule } from '../../src/lint/rule.ts';

/** A block that was meant for the world outside and holds the addresses of pods too. */
export const rule = defineCheckRule({
  id: 'net/ip-block-covers-pods',
  summary: 'Blocks for the world outside hold no pods',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    all: '`{cidr}` holds the addresses of all pods and nodes too, not only those outside',
    missed: '`{cidr}` has private blocks taken out, and still holds pods: their addresses lie in `{pods}`',
  },
  check(_cluster, { facts: { net }, report }) {
    const { read, holds } = net.blocks;
    const pods = net.addresses.podBlocks;
    for (const { object, policy, rules } of net.policies.written) {
      if (policy === undefined) continue;
      for (const { peers, compiled, direction } of rules) {
        if (direction !== 'egress' || compiled.every(({ action }) => action !== 'allow')) continue;
        for (const { path, text, except } of peers.flatMap(({ blocks }) => blocks)) {
          const cidr = read(text)?.cidr;
          if (cidr?.bits !== 0) continue;
          const taken = except.flatMap((each) => read(each.text)?.cidr ?? []);
          // The metadata address alone is taken out for another reason.
          const isTried = taken.some(({ bits }) => bits <= 16);
          if (!isTried) {
            report(
              { object, path },
              'all',
              { cidr: text },
              { hint: 'take the blocks of the cluster out, if only the world outside is meant' },
            );
            continue;
          }
          const left = pods.filter((block) => holds(cidr, block) && !taken.some((each) => holds(each, block)));
          if (left.length > 0)
            report({ object, path }, 'missed', { cidr: text, pods: left.map(net.blocks.text).join(', ') });
        }
      }
    }
  },
});
