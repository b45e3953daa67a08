import { defineRule, type Endpoint, type Facts, listed, type PolicyRuleSubject } from '../../src/lint/rule.ts';

/** A named port of a rule that no destination pod has. Kubernetes and Calico look the name up in each pod. */
export const rule = defineRule({
  id: 'net/named-port-unresolved',
  summary: 'Every named port of a rule is a port of a destination pod',
  severity: 'error',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['pods-of-namespace'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    unresolved:
      'port `{port}` of this rule of {title} `{name}` matches nothing: no destination pod has a {protocol} port with this name{declared}',
  },
  *find(subject, { facts: { net } }) {
    const { object, kindTitle: title, policy } = subject.policy;
    const { direction, ports } = subject.rule;
    if (policy?.governs[direction] !== true) return;
    for (const { path, protocol, port } of ports) {
      if (typeof port !== 'string') continue;
      const pods = destinations(net, subject);
      const names = new Set(pods.flatMap((pod) => pod.ports.map(({ name }) => name)));
      if (pods.length === 0 || names.has(port)) continue;
      yield { is: 'unresolved', at: { object, path }, title, name: object.name, protocol, port, names: [...names] };
    }
  },
  say: {
    unresolved: ({ title, name, protocol, port, names }) => {
      const known = listed(
        names.map((each) => `\`${each}\``),
        5,
      );
      return {
        title,
        name,
        protocol,
        port,
        declared: names.length === 0 ? '' : ` (their ports: ${known})`,
        hint: 'use the name of a port that the pods declare, or its number',
      };
    },
  },
});

/** The pods that receive by a rule; none where some are not certain, because these may have the port. */
function destinations(
  net: Facts['net'],
  { policy: { policy }, rule: { direction, peers } }: PolicyRuleSubject,
): readonly Pick<Endpoint, 'ports'>[] {
  if (policy === undefined) return [];
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
