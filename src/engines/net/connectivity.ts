import { BitSet } from '../../lang/bit-set.ts';
import { combine } from '../../lang/traffic/combine.ts';
import type { TrafficSet } from '../../lang/traffic/traffic-set.ts';
import { TrafficEvaluator } from './endpoint-traffic.ts';
import type { Outcome } from './endpoint-traffic.ts';
import { isNormal, selectTiers } from './evaluate-endpoint.ts';
import { addressMatches, namedPorts } from './match-rule.ts';
import type { Network } from './network.ts';
import type { Direction, Family, PeerMatch, Rule } from './normal-form.ts';
import type { Endpoint } from './owner.ts';
import { Peers } from './peers.ts';
import type { Peer } from './peers.ts';

/** Packets that every source of a set may send to every destination of another; the numbers are those of `peers.all`. */
export interface Connection {
  readonly sources: BitSet;
  readonly destinations: BitSet;
  readonly traffic: TrafficSet;
  /** Packets of which it is not known whether they are allowed. */
  readonly unknown: TrafficSet;
}

export interface Connectivity {
  readonly peers: Peers;
  readonly evaluator: TrafficEvaluator;
  /** What is allowed; two connections never speak of the same pair of peers. Pairs outside of the cluster are left out. */
  readonly connections: readonly Connection[];
}

/** Up to so many classes it is quicker to ask each of them than to go through the peers. */
const fewClasses = 100;

/** Works out all allowed flows of one family at once: `evaluateFlow` for every pair of peers and every packet. */
export function connectivity(network: Network, family: Family): Connectivity {
  const peers = new Peers(network, family);
  const evaluator = new TrafficEvaluator(network);
  const sides = new Sides(network, family, peers, evaluator);
  const senders = sides.classes('egress');
  const receivers = sides.classes('ingress');
  const senderOf = new Map<number, PeerClass>();
  for (const sender of senders) for (const number of sender.members) senderOf.set(number, sender);
  const connections = receivers.flatMap((receiver) =>
    receiver.groups.flatMap((group) => {
      const present =
        senders.length <= fewClasses
          ? senders.filter(({ members }) => members.intersects(group.peers))
          : [...new Set([...group.peers].flatMap((number) => senderOf.get(number) ?? []))];
      return present.flatMap((sender) => pairs(evaluator, sender, receiver, group));
    }),
  );
  return { peers, evaluator, connections };
}

/** Peers that one direction's policies treat alike on their own side, and what they allow to which other peers. */
interface PeerClass {
  readonly members: BitSet;
  readonly isOutside: boolean;
  readonly groups: readonly PeerGroup[];
}

/** Other peers with which the same packets are allowed; where none are, there is no group. */
interface PeerGroup {
  readonly peers: BitSet;
  readonly traffic: TrafficSet;
  /** That traffic, and what may be allowed too. */
  readonly possible: TrafficSet;
}

function pairs(
  evaluator: TrafficEvaluator,
  sender: PeerClass,
  receiver: PeerClass,
  ingress: PeerGroup,
): readonly Connection[] {
  if (sender.isOutside && receiver.isOutside) return [];
  const groups = sender.groups.filter((egress) => egress.peers.intersects(receiver.members));
  if (groups.length === 0) return [];
  const sources = ingress.peers.intersection(sender.members);
  return groups.flatMap((egress) => {
    const { algebra } = evaluator;
    const possible = algebra.intersection(ingress.possible, egress.possible);
    if (possible === algebra.nothing) return [];
    const traffic = algebra.intersection(ingress.traffic, egress.traffic);
    const unknown = algebra.difference(possible, traffic);
    return [{ sources, destinations: egress.peers.intersection(receiver.members), traffic, unknown }];
  });
}

class Sides {
  private readonly network: Network;
  private readonly family: Family;
  private readonly peers: Peers;
  private readonly evaluator: TrafficEvaluator;

  constructor(network: Network, family: Family, peers: Peers, evaluator: TrafficEvaluator) {
    this.network = network;
    this.family = family;
    this.peers = peers;
    this.evaluator = evaluator;
  }

  /** Groups all peers into classes of one direction. */
  classes(direction: Direction): readonly PeerClass[] {
    const classes = new Map<string, BitSet>();
    for (const [number, peer] of this.peers.all.entries()) {
      const key = peer.pod === undefined ? 'outside' : this.classKey(peer, peer.pod, direction);
      const members = classes.get(key) ?? new BitSet(this.peers.all.length);
      members.add(number);
      classes.set(key, members);
    }
    return [...classes.values()].map((members) => this.peerClass(members, direction));
  }

  private peerClass(members: BitSet, direction: Direction): PeerClass {
    const representative = this.peers.all[members.first()];
    const pod = representative?.pod;
    if (representative === undefined || pod === undefined) {
      const { everything } = this.evaluator.algebra;
      const all = { peers: BitSet.full(this.peers.all.length), traffic: everything, possible: everything };
      return { members, isOutside: true, groups: [all] };
    }
    const byTraffic = new Map<string, PeerGroup>();
    for (const peers of this.split(representative, pod, direction)) {
      const other = this.peers.all[peers.first()];
      if (other === undefined) continue;
      const { traffic, possible } = this.allowed(representative, other, pod, direction);
      if (possible === this.evaluator.algebra.nothing) continue;
      const key = `${traffic.id} ${possible.id}`;
      byTraffic.set(key, { peers: byTraffic.get(key)?.peers.union(peers) ?? peers, traffic, possible });
    }
    return { members, isOutside: false, groups: [...byTraffic.values()] };
  }

  private allowed(own: Peer, other: Peer, pod: Endpoint, direction: Direction): Omit<PeerGroup, 'peers'> {
    const [source, destination] = direction === 'egress' ? [own.end, other.end] : [other.end, own.end];
    const outcome = this.evaluator.endpoint(pod, direction, { family: this.family, source, destination });
    const { space } = this.evaluator.algebra;
    const where = (isWanted: (decision: Outcome['decision']) => boolean): TrafficSet =>
      combine(space, outcome, space.leaf(true), ({ decision }: Outcome) => isWanted(decision));
    return { traffic: where((decision) => decision === 'allow'), possible: where((decision) => decision !== 'deny') };
  }

  /** Splits all peers into sets that none of an endpoint's rules can tell apart. */
  private split(own: Peer, pod: Endpoint, direction: Direction): readonly BitSet[] {
    let sets = [BitSet.full(this.peers.all.length)];
    const splitBy = (by: BitSet): void => {
      sets = sets.flatMap((set) => {
        if (!set.intersects(by)) return [set];
        const inside = set.intersection(by);
        const outside = set.difference(by);
        return outside.isEmpty() ? [set] : [inside, outside];
      });
    };
    for (const rule of this.rulesOf(pod, direction)) {
      const [ownMatch, otherMatch] = sidesOf(rule, direction);
      if (addressMatches(this.network, ownMatch, own.end, this.family) === false) continue;
      splitBy(this.peers.matching(otherMatch));
      splitBy(this.peers.uncertain(otherMatch));
      for (const named of this.byNamedPorts(rule, otherMatch)) splitBy(named);
    }
    return sets;
  }

  /** Peers by the ports that they call by a rule's names, or serve for its Service. */
  private byNamedPorts(rule: Rule, match: PeerMatch): readonly BitSet[] {
    const isNamed = (match.ports?.names.length ?? 0) + (match.notPorts?.names.length ?? 0) > 0;
    if (!isNamed && match.service?.ports !== true) return [];
    const byPorts = new Map<string, BitSet>();
    for (const [number, peer] of this.peers.all.entries()) {
      const key = this.portsKey(rule, match, peer);
      const set = byPorts.get(key) ?? new BitSet(this.peers.all.length);
      set.add(number);
      byPorts.set(key, set);
    }
    return [...byPorts.values()];
  }

  private classKey(peer: Peer, pod: Endpoint, direction: Direction): string {
    const rules = this.rulesOf(pod, direction);
    const policies = selectTiers(this.network, pod, direction, isNormal).flatMap(({ policies: each, uncertain }) =>
      each.map((policy) => `${this.evaluator.policyNumber(policy)}${uncertain.has(policy) ? '?' : ''}`),
    );
    const own = rules.map((rule) => {
      const [match] = sidesOf(rule, direction);
      const truth = addressMatches(this.network, match, peer.end, this.family);
      return truth === false ? '-' : `${truth === true ? '' : '?'}${this.portsKey(rule, match, peer)}`;
    });
    const profiles = pod.profiles.map((name) => this.profileKey(name, direction));
    return `${policies.join()} ${own.join()} ${profiles.join('')}`;
  }

  private portsKey(rule: Rule, match: PeerMatch, peer: Peer): string {
    const named = [match.ports, match.notPorts].map((ports) =>
      ports === undefined ? [] : namedPorts(this.network, rule, match, ports, peer.end),
    );
    const served = match.service === undefined ? [] : this.network.services.portsOf(match.service, peer.end);
    return [...named, served]
      .map((ports) => ports.map(({ protocol, port }) => `${protocol}:${port}`).join('+'))
      .join('/');
  }

  private rulesOf(pod: Endpoint, direction: Direction): readonly Rule[] {
    const ofPolicies = selectTiers(this.network, pod, direction, isNormal).flatMap(({ policies }) =>
      policies.filter((policy) => !policy.staged).flatMap((policy) => policy.rules[direction]),
    );
    const ofProfiles = pod.profiles.flatMap((name) => this.network.profiles.get(name)?.rules[direction] ?? []);
    return [...ofPolicies, ...ofProfiles];
  }

  /** Profiles of namespaces all say the same: allow. */
  private profileKey(name: string, direction: Direction): string {
    const rules = this.network.profiles.get(name)?.rules[direction] ?? [];
    const [first] = rules;
    if (first === undefined) return '';
    const { action, source, destination, ...rest } = first;
    const criteria = [source, destination, rest].flatMap((each) => Object.keys(each));
    return action === 'allow' && criteria.join() === 'origin' ? '+' : ` ${name}`;
  }
}

/** A rule's own end and the other one, as seen from the endpoint that it protects. */
function sidesOf(rule: Rule, direction: Direction): readonly [PeerMatch, PeerMatch] {
  return direction === 'egress' ? [rule.source, rule.destination] : [rule.destination, rule.source];
}
