import { defineCheckRule, type Direction, type Endpoint } from '../../src/lint/rule.ts';

/** A rule that lets pods talk at its own end, where the policies of the other end refuse all of it. Asks the network engine. */
export const rule = defineCheckRule({
  id: 'net/half-open',
  summary: 'What a rule allows is not refused at the other end',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  scope: 'tree',
  needs: ['net', 'cluster'],
  messages: {
    refused: 'this rule lets {from} talk to {to} on port {port}, and the policies of {end} deny it all',
  },
  check(_cluster, { facts: { net, cluster }, report }) {
    const scrapers = new Set(net.callers.scrapers);
    for (const { object, policy, rules } of net.policies.written) {
      if (policy === undefined) continue;
      const subjects = net.policies.subjects(policy).sure;
      for (const { direction, path, peers, ports, compiled } of rules) {
        const [port] = ports;
        if (!policy.governs[direction] || !compiled.every(({ action }) => action === 'allow')) continue;
        if (typeof port?.port !== 'number' || ports.length > 1) continue;
        const found = peers.map(({ match }) =>
          match?.selector === undefined ? undefined : net.selections.matched(match.selector),
        );
        // Addresses, and pods of which nothing is known, may well get through.
        if (found.length === 0 || found.some((each) => each === undefined || each.possible.length > 0)) continue;
        const owners = found
          .flatMap((each) => each?.sure ?? [])
          .filter((owner): owner is Endpoint => owner.kind === 'pod');
        // net/scrape-blocked says it better.
        if (owners.some(({ object: { source } }) => source !== undefined && scrapers.has(source))) continue;
        const protocol = port.protocol === 'UDP' ? 17 : port.protocol === 'SCTP' ? 132 : 6;
        const refused = refusedPair(subjects, owners, direction, protocol, port.port);
        if (refused === undefined) continue;
        const { from, to } = refused;
        const { because } = net.traffic.flow(end(from), end(to), protocol, port.port);
        const soft = cluster.isTransformed(object) ? ({ atMost: 'info' } as const) : {};
        const [senders, receivers] = direction === 'ingress' ? [owners, subjects] : [subjects, owners];
        const words = { from: titled(from, senders), to: titled(to, receivers) };
        const far = direction === 'ingress' ? words.from : words.to;
        report({ object, path }, 'refused', { ...words, port: port.port, end: far }, { because, ...soft });
      }
    }

    /** A pair that the rule's own end lets talk, where the other ends refuse every pair. */
    function refusedPair(
      subjects: readonly Endpoint[],
      owners: readonly Endpoint[],
      near: Direction,
      protocol: number,
      port: number,
    ): { readonly from: Endpoint; readonly to: Endpoint } | undefined {
      const far: Direction = near === 'ingress' ? 'egress' : 'ingress';
      const decide = (direction: Direction, { from, to }: { readonly from: Endpoint; readonly to: Endpoint }) =>
        net.traffic.side(direction, end(from), end(to), protocol, port);
      const kinds = new Set<string>();
      const pairs: { readonly from: Endpoint; readonly to: Endpoint }[] = [];
      for (const other of owners) {
        const kind = net.traffic.kindOf(other, far);
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        for (const subject of subjects) {
          const pair = near === 'ingress' ? { from: other, to: subject } : { from: subject, to: other };
          if (pairs.length === mostPairs || decide(far, pair) !== 'deny') return undefined;
          pairs.push(pair);
        }
      }
      return pairs.find((pair) => decide(near, pair) === 'allow');
    }
    function titled(one: Endpoint, all: readonly Endpoint[]): string {
      const others = new Set(all).size - 1;
      return others > 0 ? `${net.pods.describe(one)} and ${String(others)} more` : net.pods.describe(one);
    }
  },
});

/** Rules between more pairs of pods than this are not looked at. */
const mostPairs = 1000;

function end(endpoint: Endpoint) {
  return { name: '', endpoint };
}
