import type { BitSet } from '../../../lang/bit-set.ts';
import type { Diagram } from '../../../lang/traffic/diagram.ts';
import type { Outcome, TrafficEvaluator } from './endpoint-traffic.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import { asksForNames } from '../criteria/criteria.ts';
import { OwnSides } from './own-sides.ts';
import { PeerParts } from './peer-parts.ts';
import { byPorts } from './ports-key.ts';
import { rulesEnds } from './rule-ends.ts';
import { addressMatches } from '../packet/match-rule.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Peer, Peers } from './peers.ts';

/** Other ends for which the same rules decide the same packets at an endpoint. */
export interface SideOutcome {
  readonly peers: BitSet;
  readonly outcome: Diagram<Outcome>;
}

/**
 * Who decides which packets at one side, for all other ends at once: what `connectivity` sums up, before the rules are forgotten.
 * The numbers are those of `peers.all`.
 */
export class SideOutcomes {
  private readonly network: Network;
  private readonly family: Family;
  private readonly peers: Peers;
  private readonly evaluator: TrafficEvaluator;
  private readonly peerOf = new Map<Endpoint, Peer>();
  /** What was found for one set of other ends, by what policies know of an endpoint. */
  private readonly known = new WeakMap<BitSet, Map<string, readonly SideOutcome[]>>();
  private readonly ownSides: Readonly<Record<Direction, OwnSides>>;

  constructor(network: Network, family: Family, peers: Peers, evaluator: TrafficEvaluator) {
    this.network = network;
    this.family = family;
    this.peers = peers;
    this.evaluator = evaluator;
    for (const peer of peers.all) if (peer.pod !== undefined) this.peerOf.set(peer.pod, peer);
    this.ownSides = {
      ingress: new OwnSides(network, family, 'ingress'),
      egress: new OwnSides(network, family, 'egress'),
    };
  }

  /** The other ends among some, split where an endpoint's rules tell them apart; none for an endpoint without such an address. */
  of(endpoint: Endpoint, direction: Direction, among: BitSet): readonly SideOutcome[] {
    const own = this.peerOf.get(endpoint);
    if (own === undefined) return [];
    const byClass = this.known.get(among) ?? new Map<string, readonly SideOutcome[]>();
    this.known.set(among, byClass);
    const tiers = selectTiers(this.network, endpoint, direction, isNormal);
    const key = `${direction} ${this.ownSides[direction].keyWithProfiles(endpoint, tiers, own.end)}`;
    const known = byClass.get(key) ?? this.find(own, endpoint, direction, among);
    byClass.set(key, known);
    return known;
  }

  private find(own: Peer, endpoint: Endpoint, direction: Direction, among: BitSet): readonly SideOutcome[] {
    const found = new Map<Diagram<Outcome>, BitSet>();
    for (const peers of this.split(own, endpoint, direction, among)) {
      const other = this.peers.all[peers.first()];
      if (other === undefined) continue;
      const outcome = this.between(endpoint, own, other, direction);
      found.set(outcome, found.get(outcome)?.union(peers) ?? peers);
    }
    return [...found].map(([outcome, peers]) => ({ outcome, peers }));
  }

  /** Who decides which packets between an endpoint and one other end. */
  between(endpoint: Endpoint, own: Peer, other: Peer, direction: Direction): Diagram<Outcome> {
    const [source, destination] = direction === 'egress' ? [own.end, other.end] : [other.end, own.end];
    return this.evaluator.endpoint(endpoint, direction, { family: this.family, source, destination });
  }

  private split(own: Peer, endpoint: Endpoint, direction: Direction, among: BitSet): readonly BitSet[] {
    const parts = new PeerParts(among);
    for (const rule of rulesOf(this.network, endpoint, direction)) {
      const [ownMatch, match] = rulesEnds(rule, direction);
      if (addressMatches(this.network, ownMatch, own.end, this.family) === false) continue;
      parts.split(this.peers.matching(match));
      parts.split(this.peers.uncertain(match));
      if (!asksForNames(match)) continue;
      for (const named of byPorts(this.network, this.peers, rule, match, among).values()) parts.split(named);
    }
    return parts.all().map(({ peers }) => peers);
  }
}

/** The rules that an endpoint's packets meet in one direction, those of its profiles last. */
export function rulesOf(network: Network, endpoint: Endpoint, direction: Direction): readonly Rule[] {
  const ofPolicies = selectTiers(network, endpoint, direction, isNormal).flatMap(({ policies }) =>
    policies.filter((policy) => !policy.staged).flatMap((policy) => policy.rules[direction]),
  );
  const ofProfiles = endpoint.profiles.flatMap((name) => network.profiles.get(name)?.rules[direction] ?? []);
  return [...ofPolicies, ...ofProfiles];
}
