import { defineRule } from '../../src/lint/rule.ts';

/** A port name that one pod gives to two numbers: a rule with this name allows both, or one of them. */
export const rule = defineRule({
  id: 'net/named-port-ambiguous',
  summary: 'The names of the ports of a pod are unique',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'pod',
  needs: ['net'],
  messages: {
    twice:
      'the pods of {kind} `{name}` have {count} {protocol} ports named `{port}` ({numbers}): which of them a network policy opens depends on the network plugin',
  },
  *find(pod, { facts: { net } }) {
    const numbers = new Map<string, Set<number>>();
    for (const { name, protocol, port } of net.pods.portsOf(pod)) {
      const key = `${protocol} ${name}`;
      numbers.set(key, (numbers.get(key) ?? new Set<number>()).add(port));
    }
    for (const [key, found] of numbers) {
      const [protocol = '', port = ''] = key.split(' ');
      if (port === '' || found.size < 2) continue;
      const isNamed = net.policies.written.some(({ rules }) =>
        rules.some(({ ports }) => ports.some((each) => each.port === port)),
      );
      if (isNamed) yield { is: 'twice', at: pod.owner, owner: pod.owner, protocol, port, numbers: [...found] };
    }
  },
  say: {
    twice: ({ owner: { kind, name }, protocol, port, numbers }) => ({
      kind,
      name,
      count: numbers.length,
      protocol,
      port,
      numbers: numbers.join(', '),
      hint: 'give each port a name of its own',
    }),
  },
});
