import { defineRule } from '../../src/lint/rule.ts';

/** A CIDR that was meant for addresses outside the cluster and contains those of pods. */
export const rule = defineRule({
  id: 'net/ip-block-covers-pods',
  summary: 'CIDRs for external addresses contain no pods',
  severity: 'info',
  precision: 'advice',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    all: '`{cidr}` contains all pods and nodes of the cluster, not only external addresses',
    missed: '`{cidr}` excludes some blocks, but still contains the pod CIDR `{pods}`',
  },
  *find({ policy: { object, policy, isCalico }, rule: { peers, compiled, direction } }, { facts: { net } }) {
    if (policy === undefined || direction !== 'egress' || compiled.every(({ action }) => action !== 'allow')) return;
    const { read, holds } = net.blocks;
    for (const { path, text, except } of peers.flatMap(({ blocks }) => blocks)) {
      const cidr = read(text)?.cidr;
      if (cidr?.bits !== 0) continue;
      const at = { object, path };
      const field = isCalico ? 'notNets' : 'except';
      const excluded = except.flatMap((each) => read(each.text)?.cidr ?? []);
      // The metadata address alone is excluded for another reason.
      if (excluded.every(({ bits }) => bits > 16)) {
        yield { is: 'all', at, cidr: text, field };
        continue;
      }
      const left = net.addresses.podBlocks.filter(
        (block) => holds(cidr, block) && !excluded.some((each) => holds(each, block)),
      );
      if (left.length > 0) yield { is: 'missed', at, cidr: text, field, left };
    }
  },
  say: {
    all: ({ cidr, field }) => ({
      cidr,
      hint: `add the CIDRs of the cluster to \`${field}\` if only external addresses are meant`,
    }),
    missed: ({ cidr, field, left }, { facts: { net } }) => {
      const pods = left.map(net.blocks.text).join(', ');
      return { cidr, pods, hint: `add \`${pods}\` to \`${field}\`` };
    },
  },
});
