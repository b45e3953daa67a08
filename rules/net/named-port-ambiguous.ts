import { defineCheckRule } from '../../src/lint/rule.ts';

/** A named port that one pod gives to two numbers: a rule allows both. */
export const rule = defineCheckRule({
  id: 'net/named-port-ambiguous',
  summary: 'A pod gives the name of a port once',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    twice:
      'the pods of {kind} `{name}` have {count} {protocol} ports named `{port}` ({numbers}), and a network policy of the tree names it: which are opened depends on the plugin',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const named = new Set(
      net.policies.written.flatMap(({ rules }) => rules).flatMap(({ ports }) => ports.map(({ port }) => port)),
    );
    for (const pod of net.pods.all) {
      const { owner } = pod;
      if (!cluster.isLinted(owner)) continue;
      const numbers = new Map<string, Set<number>>();
      for (const { name, protocol, port } of net.pods.portsOf(pod)) {
        if (name === '' || !named.has(name)) continue;
        const key = `${protocol} ${name}`;
        numbers.set(key, (numbers.get(key) ?? new Set<number>()).add(port));
      }
      for (const [key, found] of numbers) {
        const [protocol = '', port = ''] = key.split(' ');
        if (found.size > 1)
          report(owner, 'twice', {
            kind: owner.kind,
            name: owner.name,
            count: found.size,
            protocol,
            port,
            numbers: [...found].join(', '),
          });
      }
    }
  },
});
