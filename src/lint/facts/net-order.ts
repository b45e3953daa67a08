import { groupBy } from '../../engines/net/group-by.ts';
import type { Network } from '../../engines/net/network.ts';
import { type NameConflict, type NameFlip, type NameOrder, nameOrder } from '../../engines/net/name-order.ts';
import type { Direction, Policy, Rule } from '../../engines/net/normal-form.ts';
import type { Endpoint } from '../../engines/net/owner.ts';
import { objectTitle, policyPlace, ruleTitle, writtenOrImplicit } from '../../engines/net/policy-words.ts';
import { isBroader, isCoveredAlways, type PlacedRule } from '../../engines/net/rule-cover.ts';
import { type Earlier, type Eclipse, type RuleFate, ruleFates } from '../../engines/net/rule-reach.ts';
import type { Reason } from '../../engines/verdict.ts';
import type { NetIndex } from './net-index.ts';
import { once } from './once.ts';
import { endpointsWords, packetWords } from './packet-words.ts';

/** A rule that never sees a packet that it could match. */
export interface DeadRule {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: Rule;
  /** What decides those packets instead. */
  readonly by: readonly Earlier[];
  /** The pods where it is so; a dead rule is dead at all pods that packets for it come to. */
  readonly endpoints: readonly Endpoint[];
  readonly eclipses: readonly Eclipse[];
  /** Whether it is so for whatever pods and addresses there may be, not only for those of the manifests. */
  readonly isAlways: boolean;
}

/** A policy all of whose rules are dead. */
export interface ShadowedPolicy {
  readonly policy: Policy;
  readonly rules: readonly DeadRule[];
  readonly by: readonly Earlier[];
}

/** A broad rule before a narrower one of another action, that is void where both are asked. */
export interface InvertedPair {
  readonly broad: PlacedRule;
  readonly narrow: PlacedRule;
  /** The pods where the narrower one is void. */
  readonly endpoints: readonly Endpoint[];
  /** Whether that is everywhere. */
  readonly isEverywhere: boolean;
}

/** Questions about the order in which policies and their rules are evaluated. */
export interface OrderFacts {
  /** Rules of policies in force that decide nothing at all. */
  readonly dead: readonly DeadRule[];
  /** Rules that decide nothing at some of their pods, and something at others. */
  readonly eclipsed: readonly DeadRule[];
  readonly shadowed: readonly ShadowedPolicy[];
  readonly inverted: readonly InvertedPair[];
  /** Whether a dead rule allows what other policies deny before it. */
  isDeniedBefore(dead: Pick<DeadRule, 'policy' | 'rule' | 'by'>): boolean;
  /** Policies between which only their names decide, and flows that a rename would turn. */
  readonly conflicts: readonly NameConflict[];
  readonly flips: readonly NameFlip[];
  /** The policies in force of the same tier that come later and select one of the same pods, for a direction that both govern. */
  followers(policy: Policy): readonly Policy[];
  /** Those of the same tier that select one of the same pods for one of the same directions, before or after. */
  neighbours(policy: Policy): readonly Policy[];
  /** `spec.egress[0] of NetworkPolicy shop/deny (tier default, order 5)`, the first few. */
  describe(by: readonly Earlier[]): string;
  /** `spec.egress[0] of NetworkPolicy shop/deny`. */
  ruleTitle(rule: Rule): string;
  /** Policies by their kinds and names, the first few. */
  titles(policies: readonly Policy[]): string;
  reasons(by: readonly Earlier[]): readonly Reason[];
  /** `TCP 80 from \`shop/web (Deployment)\` to \`192.0.2.1\``. */
  flowOf(flip: NameFlip): string;
  /** Pods by their manifests, the first few. */
  pods(endpoints: readonly Endpoint[]): string;
}

/** Answers by walking sets of packets through the policies of every class of pods. */
export function orderFacts(network: Network, index: () => NetIndex): OrderFacts {
  const names = once((): NameOrder => nameOrder(network));
  const found = once(() => deadRules(network, index()));
  const shadowed = once(() => shadowedPolicies(found().dead));
  const inverted = once(() => [
    ...found().dead.flatMap((rule) => invertedPairs(network, rule, true)),
    ...found().eclipsed.flatMap((rule) => invertedPairs(network, rule, false)),
  ]);
  const neighbours = (policy: Policy): readonly Policy[] => neighboursOf(network, index(), policy);
  return {
    get dead() {
      return found().dead;
    },
    get eclipsed() {
      return found().eclipsed;
    },
    get shadowed() {
      return shadowed();
    },
    get inverted() {
      return inverted();
    },
    isDeniedBefore,
    ruleTitle,
    titles: (policies) => {
      const shown = policies.slice(0, 3).map(({ origin }) => `\`${objectTitle(origin.object)}\``);
      const more = policies.length - shown.length;
      return more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ');
    },
    get conflicts() {
      return names().conflicts;
    },
    get flips() {
      return names().flips;
    },
    neighbours,
    followers: (policy) => {
      const { policies } = index().tierOf(policy);
      const place = policies.indexOf(policy);
      const near = new Set(neighbours(policy));
      return policies.slice(place + 1).filter((other) => near.has(other));
    },
    flowOf: ({ packet }) => packetWords(packet),
    pods: endpointsWords,
    describe: (by) => {
      const words = by.slice(0, 3).map(describeEarlier);
      return by.length > 3 ? `${words.join(', ')} and ${String(by.length - 3)} more` : words.join(', ');
    },
    reasons: (by) =>
      by.flatMap((each): Reason[] =>
        each.kind === 'rule'
          ? [
              {
                object: writtenOrImplicit(each.rule.origin.object, 'not written'),
                path: each.rule.origin.path,
                sentence: `${ruleTitle(each.rule)} ${verbs[each.action]} them first (${policyPlace(each.policy)})`,
              },
            ]
          : [],
      ),
  };
}

const verbs = { allow: 'allows', deny: 'denies', pass: 'passes' };

function describeEarlier(each: Earlier): string {
  return each.kind === 'rule'
    ? `\`${ruleTitle(each.rule)}\` (${policyPlace(each.policy)})`
    : `the end of tier \`${each.tier}\``;
}

/** Rules of Kubernetes alone only ever allow: that two allow the same is how they are meant. */
function isOrdered({ kind }: Policy): boolean {
  return kind !== 'KubernetesNetworkPolicy';
}

function deadRules(
  network: Network,
  index: NetIndex,
): { readonly dead: readonly DeadRule[]; readonly eclipsed: readonly DeadRule[] } {
  const inForce = index.policies.filter(({ staged }) => !staged);
  const dead: DeadRule[] = [];
  const eclipsed: DeadRule[] = [];
  if (!inForce.some(isOrdered)) return { dead, eclipsed };
  const onHosts = new Set<Policy>();
  for (const host of network.hosts) {
    for (const { policies } of network.policies.selecting(host)) for (const policy of policies) onHosts.add(policy);
  }
  for (const fate of ruleFates(network, () => true).values()) {
    if (fate.eclipses.length === 0) continue;
    const rule = asDead(network, fate);
    if (fate.isReached || (onHosts.has(fate.policy) && !rule.isAlways)) eclipsed.push(rule);
    else dead.push(rule);
  }
  const known = new Set(dead.map(({ rule }) => rule));
  dead.push(...deadOnHosts(network, inForce, onHosts).filter(({ rule }) => !known.has(rule)));
  return { dead, eclipsed };
}

function asDead(network: Network, { policy, direction, rule, eclipses }: RuleFate): DeadRule {
  const by = new Map<Rule | string, Earlier>();
  for (const eclipse of eclipses) {
    for (const each of eclipse.by) by.set(each.kind === 'rule' ? each.rule : each.tier, each);
  }
  const earlier = [...by.values()];
  const rules = earlier.flatMap((each): PlacedRule[] => (each.kind === 'rule' ? [each] : []));
  return {
    policy,
    direction,
    rule,
    by: earlier,
    endpoints: eclipses.flatMap(({ endpoints }) => endpoints),
    eclipses,
    isAlways: isCoveredAlways(network, { policy, rule }, rules),
  };
}

function isDeniedBefore({ policy, rule, by }: Pick<DeadRule, 'policy' | 'rule' | 'by'>): boolean {
  const isOther = (each: Earlier): boolean => each.kind === 'end-of-tier' || each.policy !== policy;
  return rule.action === 'allow' && by.every((each) => each.action === 'deny' && isOther(each));
}

function shadowedPolicies(dead: readonly DeadRule[]): readonly ShadowedPolicy[] {
  return [...groupBy(dead, ({ policy }) => policy)].flatMap(([policy, rules]) => {
    const all = (['ingress', 'egress'] as const).flatMap((each) => (policy.governs[each] ? policy.rules[each] : []));
    if (rules.length < all.length) return [];
    const by = new Map(rules.flatMap((rule) => rule.by.map((each) => [describeEarlier(each), each] as const)));
    return [{ policy, rules, by: [...by.values()] }];
  });
}

/** An allow before a narrower deny, wherever that stands; a deny before a narrower allow only within one policy. */
function invertedPairs(network: Network, narrow: DeadRule, isEverywhere: boolean): readonly InvertedPair[] {
  const [taker] = narrow.by.flatMap((each): PlacedRule[] => {
    if (each.kind !== 'rule') return [];
    const isException =
      narrow.rule.action === 'deny'
        ? each.action === 'allow'
        : narrow.rule.action === 'allow' && each.action === 'deny' && each.policy === narrow.policy;
    return isException && isBroader(network, each.rule, narrow.rule) ? [each] : [];
  });
  if (taker === undefined) return [];
  const endpoints = narrow.eclipses
    .filter(({ by }) => by.some((each) => each.kind === 'rule' && each.rule === taker.rule))
    .flatMap((eclipse) => eclipse.endpoints);
  return [{ broad: taker, narrow, endpoints, isEverywhere }];
}

/** So many earlier rules are looked at for one rule of a policy for host endpoints. */
const manyRules = 300;

/** Host endpoints have stages of their own, so that only what is so for whatever packets counts there. */
function deadOnHosts(network: Network, inForce: readonly Policy[], onHosts: ReadonlySet<Policy>): readonly DeadRule[] {
  const dead: DeadRule[] = [];
  for (const direction of ['ingress', 'egress'] as const) {
    const before: PlacedRule[] = [];
    for (const policy of inForce) {
      for (const rule of policy.governs[direction] ? policy.rules[direction] : []) {
        const placed = { policy, rule };
        const near = before.filter((each) => each.policy.tier === policy.tier).slice(-manyRules);
        const taker = onHosts.has(policy) ? near.find((each) => isCoveredAlways(network, placed, [each])) : undefined;
        if (taker !== undefined) {
          dead.push({ policy, direction, rule, by: [earlierOf(taker)], endpoints: [], eclipses: [], isAlways: true });
        }
        if (rule.action !== 'log') before.push(placed);
      }
    }
  }
  return dead;
}

function earlierOf({ policy, rule }: PlacedRule): Earlier {
  return { kind: 'rule', policy, rule, action: rule.action === 'log' ? 'pass' : rule.action };
}

function neighboursOf(network: Network, index: NetIndex, policy: Policy): readonly Policy[] {
  const { sure = [], possible = [] } = index.subjects.get(policy) ?? {};
  const found = new Set<Policy>();
  for (const endpoint of [...sure, ...possible]) {
    for (const { policies } of network.policies.selecting(endpoint)) {
      if (!policies.includes(policy)) continue;
      for (const other of policies) {
        const isCommon = (['ingress', 'egress'] as const).some((each) => policy.governs[each] && other.governs[each]);
        if (other !== policy && !other.staged && isCommon) found.add(other);
      }
    }
  }
  return index.policies.filter((each) => found.has(each));
}
