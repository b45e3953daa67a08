import { defineRule } from '../../src/lint/rule.ts';

/** A CIDR with bits set after its prefix: they are ignored. Mirrors Go's net.ParseCIDR, with which Kubernetes and Calico read CIDRs. */
export const rule = defineRule({
  id: 'net/cidr-host-bits',
  summary: 'CIDRs have no host bits set',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    bits: '`{text}` has host bits set; it matches all of `{block}`',
  },
  *find({ policy: { object }, rule: { peers } }, { facts: { net } }) {
    const blocks = peers.flatMap((peer) => peer.blocks);
    // The blocks of one Calico rule share what is excluded from them.
    const written = new Map(
      blocks.flatMap((block) => [block, ...block.except]).map((each) => [each.path.join(), each]),
    );
    for (const { path, text } of written.values()) {
      const block = net.blocks.read(text);
      if (block?.hasHostBits === true) yield { is: 'bits', at: { object, path }, text, block };
    }
  },
  say: {
    bits: ({ text, block: { canonical, cidr } }) => {
      const single = `${text.slice(0, text.indexOf('/'))}/${cidr.family === 4 ? '32' : '128'}`;
      return { text, block: canonical, hint: `write \`${canonical}\`, or \`${single}\` for the address alone` };
    },
  },
});
