import { defineCheckRule, type Endpoint, type Facts, type NetPolicy } from '../../src/lint/rule.ts';

/** A named port of a rule that none of the pods at the receiving end has. Calico and the API leave it to each pod what the name stands for. */
export const rule = defineCheckRule({
  id: 'net/named-port-unresolved',
  summary: 'Every named port of a rule is one of the pods that receive',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net'],
  messages: {
    unresolved:
      'none of the pods that receive by this rule of {title} `{name}` has a {protocol} port named `{port}`{declared}',
  },
  check(_cluster, { facts: { net }, report }) {
    for (const written of net.policies.written) {
      const { object, kindTitle: title, rules, policy } = written;
      if (policy === undefined) continue;
      for (const { direction, ports, peers } of rules) {
        if (!policy.governs[direction]) continue;
        for (const { path, protocol, port } of ports) {
          if (typeof port !== 'string') continue;
          const pods = receivers(net, policy, direction, peers);
          if (pods.length === 0 || pods.some((pod) => pod.ports.some(({ name }) => name === port))) continue;
          const names = new Set(pods.flatMap((pod) => pod.ports.map(({ name }) => name)));
          const declared =
            names.size === 0
              ? ''
              : `; they have ${[...names]
                  .slice(0, 5)
                  .map((name) => `\`${name}\``)
                  .join(', ')}`;
          report(
            { object, path },
            'unresolved',
            { title, name: object.name, protocol, port, declared },
            net.pods.softened(object, written.namespace),
          );
        }
      }
    }
  },
});

/** Certain ones only: of whom nothing is known may have the port. */
function receivers(
  net: Facts['net'],
  policy: NetPolicy,
  direction: string,
  peers: readonly { readonly match?: { readonly selector?: Parameters<Facts['net']['selections']['matched']>[0] } }[],
): readonly Pick<Endpoint, 'ports'>[] {
  if (direction === 'ingress') {
    const { sure, possible } = net.policies.subjects(policy);
    return possible.length > 0 ? [] : sure;
  }
  const found = peers.map(({ match }) =>
    match?.selector === undefined ? undefined : net.selections.matched(match.selector),
  );
  if (found.some((each) => each === undefined || each.possible.length > 0)) return [];
  return found.flatMap((each) => each?.sure ?? []);
}
