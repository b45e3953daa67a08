import { defineCheckRule } from '../../src/lint/rule.ts';

/** A block with bits set after its prefix: they are cut off. Mirrors Go's net.ParseCIDR, by which Kubernetes and Calico read blocks. */
export const rule = defineCheckRule({
  id: 'net/cidr-host-bits',
  summary: 'Blocks of addresses have no bits set after their prefix',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    bits: '`{text}` is the whole block `{block}`, not one address',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const { object, rules } of net.policies.written) {
      const blocks = rules.flatMap(({ peers }) => peers).flatMap((peer) => peer.blocks);
      // Blocks of one rule of Calico share what is taken out of them.
      const written = new Map(
        blocks.flatMap((block) => [block, ...block.except]).map((each) => [each.path.join(), each]),
      );
      for (const { path, text } of written.values()) {
        const block = net.blocks.read(text);
        if (block?.hasHostBits !== true) continue;
        const { canonical, cidr } = block;
        const single = `${text.slice(0, text.indexOf('/'))}/${cidr.family === 4 ? '32' : '128'}`;
        const hint = `write \`${canonical}\`, or \`${single}\` for the address alone`;
        report({ object, path }, 'bits', { text, block: canonical }, { hint });
      }
    }
  },
});
