import type { Budget } from '../../../lang/budget.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import type { TrafficAlgebra, TrafficSet } from '../../../lang/traffic/traffic-set.ts';
import type { EndpointClass } from './endpoint-class.ts';
import { PeerParts } from './peer-parts.ts';
import type { StandingRule } from './standing-rules.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Policy, Rule } from '../form/normal-form.ts';
import { sharedPeers } from './peers.ts';
import type { Peers } from './peers.ts';
import { coversEnds } from './rule-cover.ts';
import { RuleLines } from './rule-lines.ts';
import type { RuleLine } from './rule-lines.ts';

/** What took packets away before a rule could see them. */
export type Earlier =
  | { readonly kind: 'rule'; readonly policy: Policy; readonly rule: Rule; readonly action: 'allow' | 'deny' | 'pass' }
  | { readonly kind: 'end-of-tier'; readonly tier: string; readonly action: 'deny' };

/** Up to so many kinds of other ends are told apart for one rule. */
const manySets = 400;

/** Packets that an earlier rule takes where its ends are not known to satisfy it. */
interface Taken {
  readonly by: Extract<Earlier, { readonly kind: 'rule' }>;
  readonly traffic: TrafficSet;
}

/** What one walk of all packets between two ends shows. */
export interface SetWalk {
  /** Rules that some packet gets to and that match it. */
  readonly reached: ReadonlySet<Rule>;
  /** Of rules that match packets of which none gets to them: what took those. */
  readonly takers: ReadonlyMap<Rule, readonly Earlier[]>;
}

/** Walks sets of packets of one family through the rules of classes. */
export class SetWalker {
  readonly family: Family;
  readonly peers: Peers;
  readonly algebra: TrafficAlgebra;
  private readonly lines: RuleLines;
  private readonly implied = new WeakMap<Rule, Map<Rule, boolean>>();

  constructor(network: Network, family: Family, algebra: TrafficAlgebra) {
    this.family = family;
    this.algebra = algebra;
    this.peers = sharedPeers(network, family);
    this.lines = new RuleLines(network, family, this.peers, algebra);
  }

  /** Splits other ends so that no rule up to a place tells two of one set apart; undefined when there are too many kinds. */
  split(
    { rules, direction }: EndpointClass,
    place: number,
    among: BitSet,
    budget: Budget,
  ): readonly BitSet[] | undefined {
    const parts = new PeerParts(among);
    for (const standing of rules.slice(0, place + 1)) {
      const line = this.line(standing, direction);
      if (!line.possible.intersects(among)) continue;
      for (const by of [line.possible, line.uncertain, ...this.lines.named(line, direction)]) parts.split(by);
      if (parts.all().length > manySets) {
        budget.giveUp(`more than ${manySets} kinds of peers that rules of one pod tell apart`);
        return undefined;
      }
    }
    return parts.all().map(({ peers }) => peers);
  }

  /** Sends all packets between a class and another end through the rules. */
  walk(each: EndpointClass, other: number): SetWalk {
    const { algebra } = this;
    const reached = new Set<Rule>();
    const takers = new Map<Rule, readonly Earlier[]>();
    let taken: { readonly by: Earlier; readonly traffic: TrafficSet }[] = [];
    let entering: TrafficSet = algebra.everything;
    for (const [number, { tier, policies, uncertain }] of each.tiers.entries()) {
      let rest = entering;
      let passed = algebra.nothing;
      const doubtful: Taken[] = [];
      for (const standing of each.rules) {
        if (standing.stage !== number) continue;
        const matched = this.matched(each, standing, other);
        if (matched === undefined) continue;
        const { rule, policy } = standing;
        const seen = algebra.intersection(matched.traffic, rest);
        const implied = matched.isCertain ? [] : doubtful.filter(({ by }) => this.isImplied(rule, by.rule));
        const left = implied.reduce((set, { traffic }) => algebra.difference(set, traffic), seen);
        if (left !== algebra.nothing) reached.add(rule);
        else takers.set(rule, takersOf(algebra, [...taken, ...implied], matched.traffic));
        if (rule.action === 'log') continue;
        if (rule.action === 'pass') passed = algebra.union(passed, seen);
        if (seen === algebra.nothing) continue;
        const by = { kind: 'rule', policy, rule, action: rule.action } as const;
        if (matched.isCertain) {
          rest = algebra.difference(rest, matched.traffic);
          taken.push({ by, traffic: seen });
        } else if (standing.isOwn === true) doubtful.push({ by, traffic: matched.traffic });
      }
      const ends = tier.defaultAction === 'Deny' && policies.some((policy) => !policy.staged && !uncertain.has(policy));
      if (ends && rest !== algebra.nothing) {
        taken.push({ by: { kind: 'end-of-tier', tier: tier.name, action: 'deny' }, traffic: rest });
      }
      entering = ends ? passed : algebra.union(rest, passed);
      // What was passed on comes to the next tier.
      taken = taken.filter(({ by }) => by.action !== 'pass');
    }
    return { reached, takers };
  }

  /** Whether an end that satisfies one rule satisfies another one too, also where neither is known. */
  private isImplied(rule: Rule, by: Rule): boolean {
    const known = this.implied.get(rule) ?? new Map<Rule, boolean>();
    this.implied.set(rule, known);
    let answer = known.get(by);
    if (answer === undefined) known.set(by, (answer = coversEnds(rule, by)));
    return answer;
  }

  /** What a rule matches at the other end. */
  line(standing: StandingRule, direction: Direction): RuleLine {
    return this.lines.of(standing, direction);
  }

  /** The packets between a class and another end that a rule matches; undefined for none. */
  matched(
    each: EndpointClass,
    standing: StandingRule,
    other: number,
  ): { readonly traffic: TrafficSet; readonly isCertain: boolean } | undefined {
    const line = this.lines.of(standing, each.direction);
    if (!line.possible.has(other)) return undefined;
    const [ownEnd, otherEnd] = [this.peers.all[each.peer]?.end, this.peers.all[other]?.end];
    if (ownEnd === undefined || otherEnd === undefined) return undefined;
    const traffic = this.lines.traffic(line, each.direction, ownEnd, otherEnd);
    if (traffic === this.algebra.nothing) return undefined;
    return { traffic, isCertain: standing.isOwn === true && !line.uncertain.has(other) };
  }
}

function takersOf(
  algebra: TrafficAlgebra,
  taken: readonly { readonly by: Earlier; readonly traffic: TrafficSet }[],
  traffic: TrafficSet,
): readonly Earlier[] {
  return taken.flatMap((each) => (algebra.intersection(each.traffic, traffic) === algebra.nothing ? [] : [each.by]));
}
