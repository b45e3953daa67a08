import { defineRule } from '../../src/lint/rule.ts';

/**
 * An excluded CIDR that does not lie in the block that it is excluded from. Kubernetes rejects the policy, which `meta/invalid` reports; Calico accepts
 * it, and excludes nothing.
 */
export const rule = defineRule({
  id: 'net/except-outside-cidr',
  summary: 'Every `except` CIDR lies within its `cidr`',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    moot: '`{except}` in `notNets` overlaps no block in `nets`: excluding it has no effect',
    nothing: '`{except}` in `notNets` covers every block in `nets`: the rule matches no address',
  },
  *find({ policy: { object, isCalico }, rule: { peers } }, { facts: { net } }) {
    const { read, holds, overlap } = net.blocks;
    // Of what Kubernetes takes, every block lies within the other.
    if (!isCalico) return;
    for (const { blocks } of peers) {
      const nets = blocks.flatMap(({ text }) => read(text)?.cidr ?? []);
      const [first] = blocks;
      if (first === undefined || nets.length < blocks.length) continue;
      for (const { path, text: except } of first.except) {
        const excluded = read(except)?.cidr;
        if (excluded === undefined) continue;
        const at = { object, path };
        if (nets.every((each) => holds(excluded, each))) yield { is: 'nothing', at, except };
        else if (!nets.some((each) => overlap(excluded, each))) yield { is: 'moot', at, except };
      }
    }
  },
  say: {
    moot: ({ except }) => ({ except, hint: 'correct the block, or remove it' }),
    nothing: ({ except }) => ({ except, hint: 'exclude a smaller block' }),
  },
});
