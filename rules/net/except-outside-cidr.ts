import { defineCheckRule } from '../../src/lint/rule.ts';

/**
 * What is taken out of a block and does not lie in it. Kubernetes refuses the policy (pkg/apis/networking/validation ValidateIPBlock); Calico
 * takes it, and nothing is taken out.
 */
export const rule = defineCheckRule({
  id: 'net/except-outside-cidr',
  summary: 'What a rule takes out of a block of addresses lies in it',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    refused: '`except` of `{except}` is not a smaller block within `{cidr}`: the API server refuses the policy',
    moot: '`{except}` lies in none of the blocks under `nets`: taking it out changes nothing',
    nothing: '`{except}` covers all of the blocks under `nets`: the rule matches no address',
  },
  check(_cluster, { facts: { net }, report }) {
    const { read, holds, overlap } = net.blocks;
    for (const { object, isCalico, rules } of net.policies.written) {
      for (const { blocks } of rules.flatMap((rule) => rule.peers)) {
        const nets = blocks.flatMap(({ text }) => read(text)?.cidr ?? []);
        if (nets.length < blocks.length) continue;
        for (const { path, text } of blocks[0]?.except ?? []) {
          const taken = read(text)?.cidr;
          const [net] = nets;
          if (taken === undefined || net === undefined) continue;
          if (!isCalico) {
            const isWithin = holds(net, taken) && net.bits < taken.bits;
            if (!isWithin) report({ object, path }, 'refused', { except: text, cidr: blocks[0]?.text ?? '' });
          } else if (nets.every((each) => holds(taken, each))) {
            report({ object, path }, 'nothing', { except: text });
          } else if (!nets.some((each) => overlap(taken, each))) {
            report({ object, path }, 'moot', { except: text });
          }
        }
      }
    }
  },
});
