import { defineRule, type Direction, type Endpoint, type Facts } from '../../src/lint/rule.ts';

/** A rule that allows traffic at its own end, where the policies at the other end deny all of it. Asks the network engine. */
export const rule = defineRule({
  id: 'net/half-open',
  summary: 'Traffic that a rule allows is not denied by the policies at the other end',
  severity: 'warning',
  precision: 'proved',
  stage: 'stable',
  since: '0.1.0',
  tags: ['net', 'calico'],
  restsOn: ['placement'],
  scope: 'policy-rule',
  needs: ['net'],
  messages: {
    refused: 'this rule allows {from} → {to} on port {port}, but the {direction} policies of {end} deny it',
  },
  find({ policy: { object, policy }, rule }, { facts, gaveUp }) {
    const { net } = facts;
    const { direction, path, peers, ports, compiled } = rule;
    const [port] = ports;
    if (policy?.governs[direction] !== true || !compiled.every(({ action }) => action === 'allow')) return [];
    if (typeof port?.port !== 'number' || ports.length > 1) return [];
    const found = peers.map(({ match }) =>
      match?.selector === undefined ? undefined : net.selections.matched(match.selector),
    );
    // Addresses, and pods of which nothing is known, may well get through.
    if (found.length === 0 || found.some((each) => each === undefined || each.possible.length > 0)) return [];
    const peerPods = found
      .flatMap((each) => each?.sure ?? [])
      .filter((owner): owner is Endpoint => owner.kind === 'pod');
    // net/scrape-blocked reports these.
    const { scrapers } = net.callers;
    if (peerPods.some(({ object: { source } }) => source !== undefined && scrapers.includes(source))) return [];
    const subjects = net.policies.subjects(policy).sure;
    const protocol = port.protocol === 'UDP' ? 17 : port.protocol === 'SCTP' ? 132 : 6;
    const pair = deniedPair(facts, gaveUp, { near: direction, subjects, peerPods, protocol, port: port.port });
    if (pair === undefined) return [];
    const [senders, receivers] = direction === 'ingress' ? [peerPods, subjects] : [subjects, peerPods];
    return [
      {
        is: 'refused',
        at: { object, path },
        because: net.traffic.flow(end(pair.from), end(pair.to), protocol, port.port).because,
        from: { endpoint: pair.from, others: new Set(senders).size - 1 },
        to: { endpoint: pair.to, others: new Set(receivers).size - 1 },
        port: port.port,
        far: opposite(direction),
      },
    ];
  },
  say: {
    refused: ({ from, to, port, far }, { facts: { net } }) => {
      const titled = ({ endpoint, others }: { readonly endpoint: Endpoint; readonly others: number }) =>
        others > 0 ? `${net.pods.describe(endpoint)} and ${String(others)} more` : net.pods.describe(endpoint);
      const words = { from: titled(from), to: titled(to) };
      return {
        ...words,
        port,
        direction: far,
        end: far === 'egress' ? words.from : words.to,
        hint: `allow the connection in an ${far} policy at the other end, or remove this rule`,
      };
    },
  },
});

interface Pair {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

interface RulePairs {
  readonly near: Direction;
  readonly subjects: readonly Endpoint[];
  readonly peerPods: readonly Endpoint[];
  readonly protocol: number;
  readonly port: number;
}

/** Rules between more pairs of pods than this are not looked at. */
const mostPairs = 1000;

/** A pair that the rule's own end allows, where the other ends deny every pair. */
function deniedPair(
  { net }: Pick<Facts, 'net'>,
  gaveUp: (reason: string) => void,
  { near, subjects, peerPods, protocol, port }: RulePairs,
): Pair | undefined {
  const far = opposite(near);
  const decide = (direction: Direction, { from, to }: Pair) =>
    net.traffic.side(direction, end(from), end(to), protocol, port);
  const kinds = new Set<string>();
  const pairs: Pair[] = [];
  for (const other of peerPods) {
    const kind = net.traffic.kindOf(other, far);
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    for (const subject of subjects) {
      const pair = near === 'ingress' ? { from: other, to: subject } : { from: subject, to: other };
      if (decide(far, pair) !== 'deny') return undefined;
      if (pairs.length === mostPairs) {
        gaveUp(`a rule allows more than ${String(mostPairs)} pairs of pods`);
        return undefined;
      }
      pairs.push(pair);
    }
  }
  return pairs.find((pair) => decide(near, pair) === 'allow');
}

function opposite(direction: Direction): Direction {
  return direction === 'ingress' ? 'egress' : 'ingress';
}

function end(endpoint: Endpoint) {
  return { name: '', endpoint };
}
