import { BitSet } from '../../../lang/bit-set.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { AllowedTraffic } from './allowed-traffic.ts';
import type { Matched, Stage } from './allowed-traffic.ts';
import { asksForNames, isOfFamily } from '../criteria/criteria.ts';
import { rulesEnds } from './rule-ends.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, PeerMatch, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { TierPolicies } from '../model/policy-index.ts';
import { OwnSides } from './own-sides.ts';
import { PeerParts } from './peer-parts.ts';
import type { PeerPart } from './peer-parts.ts';
import type { Peer, Peers } from './peers.ts';
import { byPorts } from './ports-key.ts';
import { ruleTraffic } from './rule-traffic.ts';
import { StandingRules } from './standing-rules.ts';
import type { OwnRule } from './standing-rules.ts';

/** Peers that one direction's policies treat alike on their own side, and what they allow to which other peers. */
export interface PeerClass {
  readonly members: BitSet;
  readonly isOutside: boolean;
  readonly groups: readonly PeerGroup[];
}

/** Other peers with which the same packets are allowed; where none are, there is no group. */
export interface PeerGroup {
  readonly peers: BitSet;
  readonly traffic: TrafficSet;
  /** That traffic, and what may be allowed too. */
  readonly possible: TrafficSet;
}

/** Other peers with which a rule matches the same packets. */
interface Variant {
  readonly peers: BitSet;
  readonly traffic: TrafficSet;
}

/** Groups the peers of a network into classes of one direction, and works out what each class may send or get. */
export class SideClasses {
  private readonly network: Network;
  private readonly family: Family;
  private readonly peers: Peers;
  private readonly algebra: TrafficAlgebra;
  private readonly allowed: AllowedTraffic;
  /** Of rules whose packets are the same for all own ends. */
  private readonly variants = new WeakMap<Rule, readonly Variant[]>();

  constructor(network: Network, family: Family, peers: Peers, algebra: TrafficAlgebra) {
    this.network = network;
    this.family = family;
    this.peers = peers;
    this.algebra = algebra;
    this.allowed = new AllowedTraffic(algebra);
  }

  of(direction: Direction): readonly PeerClass[] {
    const ownSides = new OwnSides(this.network, this.family, direction);
    const standing = new StandingRules(this.network, this.family, direction, ownSides);
    const classes = new Map<string, { readonly members: BitSet; readonly side: Side | undefined }>();
    for (const [number, peer] of this.peers.all.entries()) {
      const { pod } = peer;
      const tiers = pod === undefined ? [] : selectTiers(this.network, pod, direction, isNormal);
      const key = pod === undefined ? 'outside' : ownSides.keyWithProfiles(pod, tiers, peer.end);
      const known = classes.get(key);
      if (known !== undefined) {
        known.members.add(number);
        continue;
      }
      const members = new BitSet(this.peers.all.length);
      members.add(number);
      classes.set(key, { members, side: pod && this.side(peer, pod, direction, tiers, standing) });
    }
    return [...classes.values()].map(({ members, side }) =>
      side === undefined ? this.outside(members) : { members, isOutside: false, groups: this.groups(side) },
    );
  }

  private outside(members: BitSet): PeerClass {
    const { everything } = this.algebra;
    const all = { peers: BitSet.full(this.peers.all.length), traffic: everything, possible: everything };
    return { members, isOutside: true, groups: [all] };
  }

  private groups(side: Side): readonly PeerGroup[] {
    const groups = new Map<string, PeerGroup>();
    for (const { peers, note: matched } of this.split(side)) {
      const { traffic, possible } = this.allowed.of(side.stages, matched, side.direction);
      if (possible === this.algebra.nothing) continue;
      const key = `${traffic.id} ${possible.id}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { peers: peers.copy(), traffic, possible });
      else known.peers.addAll(peers);
    }
    return [...groups.values()];
  }

  /** Splits all other peers into parts that no rule can tell apart, and notes which rules match them. */
  private split(side: Side): readonly PeerPart<Matched>[] {
    const parts = new PeerParts<Matched>(this.peers.index.everybody);
    for (const { rule, isOwn, stage } of side.rules) {
      const [, other] = rulesEnds(rule, side.direction);
      const uncertain = this.peers.uncertain(other);
      const decides = rule.action === 'allow' || rule.action === 'deny' ? rule.action : undefined;
      for (const { peers, traffic } of this.variantsOf(rule, side)) {
        if (traffic === this.algebra.nothing) continue;
        const noteOf =
          (isKnown: boolean) =>
          (before: Matched | undefined): Matched => ({
            before,
            stage,
            rule: { traffic, isSure: isOwn === true && isKnown, decides },
          });
        const isKnown = !peers.intersects(uncertain);
        parts.note(isKnown ? peers : peers.difference(uncertain), noteOf(true));
        if (!isKnown) parts.note(peers.intersection(uncertain), noteOf(false));
      }
    }
    return parts.all();
  }

  /** What a rule matches, by other peers. */
  private variantsOf(rule: Rule, { own, direction }: Side): readonly Variant[] {
    const known = this.variants.get(rule);
    if (known !== undefined) return known;
    const [ownMatch, otherMatch] = rulesEnds(rule, direction);
    const variants = this.findVariants(rule, otherMatch, own.end, direction);
    if (!asksForNames(ownMatch)) this.variants.set(rule, variants);
    return variants;
  }

  private findVariants(rule: Rule, match: PeerMatch, own: AddressEnd, direction: Direction): readonly Variant[] {
    const peers = this.peers.matching(match);
    const trafficOf = (other: AddressEnd): TrafficSet => {
      const [source, destination] = direction === 'egress' ? [own, other] : [other, own];
      return ruleTraffic(this.network, this.algebra, rule, source, destination);
    };
    if (!asksForNames(match)) return [{ peers, traffic: trafficOf(own) }];
    const variants = new Map<TrafficSet, BitSet>();
    for (const group of byPorts(this.network, this.peers, rule, match, peers).values()) {
      const end = this.peers.all[group.first()]?.end;
      if (end === undefined) continue;
      const traffic = trafficOf(end);
      variants.set(traffic, variants.get(traffic)?.union(group) ?? group);
    }
    return [...variants].map(([traffic, set]) => ({ peers: set, traffic }));
  }

  /** What stands between a pod and its peers. */
  private side(
    own: Peer,
    pod: Endpoint,
    direction: Direction,
    tiers: readonly TierPolicies[],
    standing: StandingRules,
  ): Side {
    const rules: OwnRule[] = [...standing.of(tiers, own.end)];
    const stages = tiers.map(({ tier, policies, uncertain }): Stage => {
      const inForce = policies.filter((policy) => !policy.staged);
      const isSure = inForce.some((policy) => !uncertain.has(policy));
      const ends = tier.defaultAction === 'Deny' && inForce.length > 0;
      return ends ? { end: { outcome: 'deny', isSure } } : {};
    });
    for (const name of pod.profiles) {
      const ofProfile = this.network.profiles.get(name)?.rules[direction] ?? [];
      if (ofProfile.length === 0) continue;
      for (const rule of ofProfile) {
        const isOwn = standing.isOwn(rule, own.end);
        if (isOwn !== false) rules.push({ rule, isOwn, stage: stages.length });
      }
      stages.push({});
    }
    const asked = rules.filter(({ rule }) => rule.action !== 'log' && isOfFamily(rule, this.family));
    return { own, direction, rules: asked, stages };
  }
}

/** A pod's own side of its traffic in one direction: that of all pods of its class. */
interface Side {
  readonly own: Peer;
  readonly direction: Direction;
  /** Rules that (perhaps) match the pod on its own side, in order. */
  readonly rules: readonly OwnRule[];
  readonly stages: readonly Stage[];
}
