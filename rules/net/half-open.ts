import { defineRule, type Direction, type Endpoint } from '../../src/lint/rule.ts';

/** A rule that lets pods talk at its own end, where the policies of the other end refuse all of it. Asks the network engine. */
export const rule = defineRule({
  id: 'net/half-open',
  summary: 'What a rule allows is not refused at the other end',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'netPolicies', 'netTraffic', 'netCallers', 'netScrapes', 'cluster'],
  messages: {
    refused: 'this rule lets {from} talk to {to} on port {port}, and the policies of {end} deny it all',
  },
  check(_cluster, { facts: { net, netPolicies, netTraffic, netScrapes, cluster }, report }) {
    const scrapers = new Set(netScrapes.scrapers);
    for (const { object, policy, rules } of netPolicies.written) {
      if (policy === undefined) continue;
      const { sure } = net.subjects(policy);
      const subjects = different(sure, 'ingress');
      for (const { direction, path, peers, ports, compiled } of rules) {
        const [port] = ports;
        if (!policy.governs[direction] || !compiled.every(({ action }) => action === 'allow')) continue;
        if (typeof port?.port !== 'number' || ports.length > 1) continue;
        const found = peers.map(({ match }) =>
          match?.selector === undefined ? undefined : net.selectors.matched(match.selector),
        );
        // Addresses, and pods of which nothing is known, may well get through.
        if (found.length === 0 || found.some((each) => each === undefined || each.possible.length > 0)) continue;
        const owners = found
          .flatMap((each) => each?.sure ?? [])
          .filter((owner): owner is Endpoint => owner.kind === 'pod');
        const far: Direction = direction === 'ingress' ? 'egress' : 'ingress';
        const others = different(owners, far);
        const protocol = port.protocol === 'UDP' ? 17 : port.protocol === 'SCTP' ? 132 : 6;
        const number = port.port;
        // net/scrape-blocked says it better.
        if (
          subjects.length * others.length === 0 ||
          others.some(({ object: { source } }) => source !== undefined && scrapers.has(source))
        )
          continue;
        if (subjects.length * others.length > 100) continue;
        const ends = (endpoint: Endpoint) => ({ name: '', endpoint });
        const isRefused = others.every((other) =>
          subjects.every((subject) => {
            const [from, to] = direction === 'ingress' ? [other, subject] : [subject, other];
            return netTraffic.side(far, ends(from), ends(to), protocol, number) === 'deny';
          }),
        );
        const [subject] = subjects;
        const [other] = others;
        if (!isRefused || subject === undefined || other === undefined) continue;
        const [from, to] = direction === 'ingress' ? [other, subject] : [subject, other];
        const { because } = netTraffic.flow(ends(from), ends(to), protocol, number);
        const soft = cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
        report(
          { object, path },
          'refused',
          { from: net.describe(from), to: net.describe(to), port: number, end: net.describe(other) },
          { because, ...soft },
        );
      }
    }

    /** One endpoint of each kind that policies can tell apart by whom they select. */
    function different(endpoints: readonly Endpoint[], direction: Direction): readonly Endpoint[] {
      const kinds = new Map(endpoints.map((endpoint) => [netTraffic.kindOf(endpoint, direction), endpoint]));
      return [...kinds.values()];
    }
  },
});
