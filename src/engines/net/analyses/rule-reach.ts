import { type Bounded, Budget } from '../../../lang/budget.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import { endpointClasses, sharedClasses } from '../sets/endpoint-class.ts';
import { rulesEnds } from '../sets/rule-ends.ts';
import type { EndpointClass } from '../sets/endpoint-class.ts';
import type { StandingRule } from '../sets/standing-rules.ts';
import type { Network } from '../model/network.ts';
import type { Direction, Family, Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { SetWalker } from '../sets/set-walk.ts';
import type { Earlier } from '../sets/set-walk.ts';

export type { Earlier } from '../sets/set-walk.ts';

/** Pods for which a rule never sees a packet that it could match, and what decides those packets instead. */
export interface Eclipse {
  readonly endpoints: readonly Endpoint[];
  readonly by: readonly Earlier[];
}

/** What becomes of a rule at the pods that its policy selects. */
export interface RuleFate {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: Rule;
  /** Whether some packet between known ends gets as far as the rule. */
  readonly isReached: boolean;
  /** Pods where packets match it, and all of them are decided earlier. */
  readonly eclipses: readonly Eclipse[];
}

interface MutableFate extends RuleFate {
  isReached: boolean;
  eclipses: Eclipse[];
}

/** How many rules are applied to packets; a rule that was not looked at counts as reached. */
const patience = 20_000_000;
/**
 * For each wanted rule of a policy: whether a packet ever gets to it. Every pod and every other end that the network can tell apart is
 * gone through, as sets; what is not known never takes a packet away. Rules that no packet matches have no fate.
 */
export function ruleFates(
  network: Network,
  isWanted: (policy: Policy) => boolean,
): Bounded<ReadonlyMap<Rule, RuleFate>> {
  return new Fates(network, isWanted).all();
}

class Fates {
  private readonly network: Network;
  private readonly isWanted: (policy: Policy) => boolean;
  private readonly fates = new Map<Rule, MutableFate>();
  private readonly budget = new Budget(patience);

  constructor(network: Network, isWanted: (policy: Policy) => boolean) {
    this.network = network;
    this.isWanted = isWanted;
  }

  all(): Bounded<ReadonlyMap<Rule, RuleFate>> {
    const algebra = new TrafficAlgebra();
    const lit = new Map<Rule, EndpointClass[]>();
    for (const family of [4, 6] as const) {
      const walker = new SetWalker(this.network, family, algebra);
      for (const direction of ['ingress', 'egress'] as const) {
        for (const each of this.classes(walker, direction)) {
          this.examine(walker, each, (standing, by) => {
            const fate = this.fate(standing, direction);
            if (by !== undefined) fate.eclipses.push({ endpoints: each.members, by });
            else {
              fate.isReached = true;
              const classes = lit.get(standing.rule);
              if (classes === undefined) lit.set(standing.rule, [each]);
              else classes.push(each);
            }
          });
        }
      }
    }
    for (const fate of this.fates.values()) settle(fate, lit.get(fate.rule) ?? []);
    return this.budget.bound(this.fates);
  }

  /** All classes for the first family; for the other one those with rules that are not settled. */
  private classes({ family, peers }: SetWalker, direction: Direction): readonly EndpointClass[] {
    if (family === 4) return sharedClasses(this.network, family, peers, direction);
    const isOpen = (rule: Rule): boolean =>
      !this.isSettled(rule, family) && !peers.matching(rulesEnds(rule, direction)[1]).isEmpty();
    const open = new Set<Policy>();
    for (const { policies } of this.network.tiers) {
      for (const policy of policies) {
        if (this.isWanted(policy) && policy.governs[direction] && policy.rules[direction].some(isOpen))
          open.add(policy);
      }
    }
    return endpointClasses(this.network, family, peers, direction, (policy) => open.has(policy));
  }

  /** A rule that no pod is in the dark about needs no second look with addresses of the other family. */
  private isSettled(rule: Rule, family: Family): boolean {
    const fate = this.fates.get(rule);
    return family === 6 && fate?.isReached === true && fate.eclipses.length === 0;
  }

  private fate({ rule, policy }: StandingRule, direction: Direction): MutableFate {
    const known = this.fates.get(rule);
    if (known !== undefined) return known;
    const fate: MutableFate = { policy, direction, rule, isReached: false, eclipses: [] };
    this.fates.set(rule, fate);
    return fate;
  }

  /** Decides for each wanted rule of a class whether it is reachable, and if not, which rules shadow it. */
  private examine(
    walker: SetWalker,
    each: EndpointClass,
    say: (standing: StandingRule, by: readonly Earlier[] | undefined) => void,
  ): void {
    const reached = new Set<Rule>();
    for (const [place, standing] of each.rules.entries()) {
      if (!this.isWanted(standing.policy) || this.isSettled(standing.rule, walker.family)) continue;
      if (!reached.has(standing.rule)) {
        const isSpent = this.budget.isSpent(`more than ${patience} rules applied to packets`);
        const darkness = isSpent ? undefined : this.search(walker, each, place, reached);
        if (darkness === 'unmatched') continue;
        if (darkness !== undefined && !reached.has(standing.rule)) {
          say(standing, darkness);
          continue;
        }
      }
      say(standing, undefined);
    }
  }

  /** Looks for a packet that gets to a rule; what takes all of them before, if there is none. */
  private search(
    walker: SetWalker,
    each: EndpointClass,
    place: number,
    reached: Set<Rule>,
  ): readonly Earlier[] | 'unmatched' | undefined {
    const standing = each.rules[place];
    if (standing === undefined) return 'unmatched';
    const { rule } = standing;
    const among = walker.line(standing, each.direction).possible;
    if (among.isEmpty()) return 'unmatched';
    this.budget.spend(each.rules.length);
    for (const seen of walker.walk(each, among.first()).reached) reached.add(seen);
    if (reached.has(rule)) return undefined;
    this.budget.spend(each.rules.length);
    const sets = walker.split(each, place, among, this.budget);
    if (sets === undefined) return undefined;
    let isMatched = false;
    const by = new Map<Rule | string, Earlier>();
    for (const set of sets) {
      const other = set.first();
      this.budget.spend(each.rules.length);
      const walk = walker.walk(each, other);
      for (const seen of walk.reached) reached.add(seen);
      if (reached.has(rule)) return undefined;
      const takers = walk.takers.get(rule);
      if (takers === undefined) continue;
      isMatched = true;
      for (const taker of takers) by.set(taker.kind === 'rule' ? taker.rule : taker.tier, taker);
    }
    return isMatched ? [...by.values()] : 'unmatched';
  }
}

/** A rule is unreachable for a pod only if no IPv4 and no IPv6 packet reaches it; the same answer for both counts once. */
function settle(fate: MutableFate, lit: readonly EndpointClass[]): void {
  if (fate.eclipses.length === 0) return;
  const seen = new Set(lit.flatMap(({ members }) => members));
  fate.eclipses = fate.eclipses.flatMap(({ endpoints, by }) => {
    const rest = endpoints.filter((endpoint) => !seen.has(endpoint));
    for (const endpoint of rest) seen.add(endpoint);
    return rest.length === 0 ? [] : [{ endpoints: rest, by }];
  });
}
