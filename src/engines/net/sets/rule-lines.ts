import { BitSet } from '../../../lang/bit-set.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import { asksForNames, endCriteria, isOfFamily } from '../criteria/criteria.ts';
import { rulesEnds } from './rule-ends.ts';
import type { StandingRule } from './standing-rules.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, PeerMatch, Rule } from '../form/normal-form.ts';
import type { AddressEnd } from '../form/packet.ts';
import type { Peers } from './peers.ts';
import { byPorts, portsKey } from './ports-key.ts';
import { ruleTraffic } from './rule-traffic.ts';

/** What a standing rule matches at the other end. */
export interface RuleLine {
  readonly standing: StandingRule;
  /** The other ends that satisfy the rule, or may. */
  readonly possible: BitSet;
  /** Those of them of which it is not known. */
  readonly uncertain: BitSet;
  /** The packets, if they are the same for all ends. */
  readonly traffic: TrafficSet | undefined;
  /** The packets, by what the two ends call their ports. */
  readonly byPorts: Map<string, TrafficSet>;
}

/** Works out once what rules match at the other end, however many classes and packets they are held to. */
export class RuleLines {
  private readonly network: Network;
  private readonly family: Family;
  private readonly peers: Peers;
  private readonly algebra: TrafficAlgebra;
  private readonly lines = new WeakMap<StandingRule, RuleLine>();
  private readonly groups = new Map<string, readonly BitSet[]>();
  private readonly selectors = new Map<SelectorNode, number>();

  constructor(network: Network, family: Family, peers: Peers, algebra: TrafficAlgebra) {
    this.network = network;
    this.family = family;
    this.peers = peers;
    this.algebra = algebra;
  }

  of(standing: StandingRule, direction: Direction): RuleLine {
    const known = this.lines.get(standing);
    if (known !== undefined) return known;
    const line = this.make(standing, direction);
    this.lines.set(standing, line);
    return line;
  }

  private make(standing: StandingRule, direction: Direction): RuleLine {
    const { rule } = standing;
    const [own, other] = rulesEnds(rule, direction);
    const isOther = !isOfFamily(rule, this.family);
    const isNamed = asksForNames(own) || asksForNames(other);
    const traffic = isNamed ? undefined : ruleTraffic(this.network, this.algebra, rule, nobody, nobody);
    const isVoid = isOther || traffic === this.algebra.nothing;
    return {
      standing,
      possible: isVoid ? new BitSet(this.peers.all.length) : this.peers.matching(other),
      uncertain: this.peers.uncertain(other),
      traffic,
      byPorts: new Map<string, TrafficSet>(),
    };
  }

  /** The packets that the rule of a line matches between two ends that satisfy it. */
  traffic(
    { standing, traffic, byPorts }: RuleLine,
    direction: Direction,
    own: AddressEnd,
    other: AddressEnd,
  ): TrafficSet {
    if (traffic !== undefined) return traffic;
    const { network, algebra } = this;
    const { rule } = standing;
    const [source, destination] = direction === 'egress' ? [own, other] : [other, own];
    const sides = [[rule.source, source] as const, [rule.destination, destination] as const];
    const key = sides.map(([match, end]) => (asksForNames(match) ? portsKey(network, rule, match, end) : '')).join(' ');
    const found = byPorts.get(key) ?? ruleTraffic(network, algebra, rule, source, destination);
    byPorts.set(key, found);
    return found;
  }

  /** Other ends that a line's rule tells apart by what they call their ports; none for a rule that asks for no names. */
  named({ standing: { rule } }: RuleLine, direction: Direction): readonly BitSet[] {
    const [, match] = rulesEnds(rule, direction);
    if (!asksForNames(match)) return [];
    const asking = endCriteria(match).filter(({ names }) => names.length > 0);
    const key = JSON.stringify(asking.map((each) => each.lookUpKey(rule, (node) => this.numberOf(node))));
    const known = this.groups.get(key) ?? this.group(rule, match);
    this.groups.set(key, known);
    return known;
  }

  private numberOf(selector: SelectorNode): number {
    const number = this.selectors.get(selector) ?? this.selectors.size;
    this.selectors.set(selector, number);
    return number;
  }

  private group(rule: Rule, match: PeerMatch): readonly BitSet[] {
    const among = new BitSet(this.peers.all.length);
    for (const criterion of endCriteria(match)) among.addAll(criterion.lookUpAmong(this.peers.index));
    return [...byPorts(this.network, this.peers, rule, match, among).values()];
  }
}

const nobody: AddressEnd = { address: undefined, owners: [] };
