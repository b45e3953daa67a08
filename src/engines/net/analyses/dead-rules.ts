import { type Bounded, Budget } from '../../../lang/budget.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Network } from '../model/network.ts';
import type { Policy, Rule } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { isBroader, isCoveredAlways, type PlacedRule } from '../sets/rule-cover.ts';
import { type Earlier, type Eclipse, type RuleFate, ruleFates } from './rule-reach.ts';
import { policiesOf } from '../model/policies.ts';
import { policyPlace, ruleTitle } from '../words/policy-words.ts';

/** A rule that never sees a packet that it could match. */
export interface DeadRule {
  readonly policy: Policy;
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

/** A broad rule before a narrower one of another action, which has no effect where both are evaluated. */
export interface InvertedPair {
  readonly broad: PlacedRule;
  readonly narrow: PlacedRule;
  /** The pods where the narrower one has no effect. */
  readonly endpoints: readonly Endpoint[];
  /** Whether that is everywhere. */
  readonly isEverywhere: boolean;
}

/** Rules of Kubernetes alone only ever allow: that two allow the same is how they are meant. */
function isOrdered({ kind }: Policy): boolean {
  return kind !== 'KubernetesNetworkPolicy';
}

/** Walks sets of packets through the policies of every class of pods. */
export function deadRules(network: Network): {
  readonly dead: readonly DeadRule[];
  readonly eclipsed: readonly DeadRule[];
  /** The limits that were hit, as text. */
  readonly gaveUp: readonly string[];
} {
  const inForce = policiesOf(network).all.filter(({ staged }) => !staged);
  const dead: DeadRule[] = [];
  const eclipsed: DeadRule[] = [];
  if (!inForce.some(isOrdered)) return { dead, eclipsed, gaveUp: [] };
  const onHosts = new Set<Policy>();
  for (const host of network.hosts) {
    for (const { policies } of network.policies.selecting(host)) for (const policy of policies) onHosts.add(policy);
  }
  const fates = ruleFates(network, () => true);
  for (const fate of fates.value.values()) {
    if (fate.eclipses.length === 0) continue;
    const rule = asDead(fate);
    if (fate.isReached || (onHosts.has(fate.policy) && !rule.isAlways)) eclipsed.push(rule);
    else dead.push(rule);
  }
  const known = new Set(dead.map(({ rule }) => rule));
  const hosts = deadOnHosts(inForce, onHosts);
  dead.push(...hosts.value.filter(({ rule }) => !known.has(rule)));
  return { dead, eclipsed, gaveUp: [...fates.gaveUp, ...hosts.gaveUp] };
}

function asDead({ policy, rule, eclipses }: RuleFate): DeadRule {
  const by = new Map<Rule | string, Earlier>();
  for (const eclipse of eclipses) {
    for (const each of eclipse.by) by.set(each.kind === 'rule' ? each.rule : each.tier, each);
  }
  const earlier = [...by.values()];
  const rules = earlier.flatMap((each): PlacedRule[] => (each.kind === 'rule' ? [each] : []));
  return {
    policy,
    rule,
    by: earlier,
    endpoints: eclipses.flatMap(({ endpoints }) => endpoints),
    eclipses,
    isAlways: isCoveredAlways({ policy, rule }, rules),
  };
}

/** Whether a dead rule allows what other policies deny before it. */
export function isDeniedBefore({ policy, rule, by }: Pick<DeadRule, 'policy' | 'rule' | 'by'>): boolean {
  const isOther = (each: Earlier): boolean => each.kind === 'end-of-tier' || each.policy !== policy;
  return rule.action === 'allow' && by.every((each) => each.action === 'deny' && isOther(each));
}

/** Policies that have dead rules only. */
export function shadowedPolicies(dead: readonly DeadRule[]): readonly ShadowedPolicy[] {
  return [...groupBy(dead, ({ policy }) => policy)].flatMap(([policy, rules]) => {
    const all = (['ingress', 'egress'] as const).flatMap((each) => (policy.governs[each] ? policy.rules[each] : []));
    if (rules.length < all.length) return [];
    const by = new Map(rules.flatMap((rule) => rule.by.map((each) => [earlierKey(each), each] as const)));
    return [{ policy, rules, by: [...by.values()] }];
  });
}

/** What voids a dead rule that is an exception to it: an allow before a narrower deny, wherever that stands; a deny before a narrower allow only within one policy. */
export function invertedPairs(narrow: DeadRule, isEverywhere: boolean): readonly InvertedPair[] {
  const [taker] = narrow.by.flatMap((each): PlacedRule[] => {
    if (each.kind !== 'rule') return [];
    const isException =
      narrow.rule.action === 'deny'
        ? each.action === 'allow'
        : narrow.rule.action === 'allow' && each.action === 'deny' && each.policy === narrow.policy;
    return isException && isBroader(each.rule, narrow.rule) ? [each] : [];
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
function deadOnHosts(inForce: readonly Policy[], onHosts: ReadonlySet<Policy>): Bounded<readonly DeadRule[]> {
  const budget = new Budget();
  const dead: DeadRule[] = [];
  for (const direction of ['ingress', 'egress'] as const) {
    const before: PlacedRule[] = [];
    for (const policy of inForce) {
      for (const rule of policy.governs[direction] ? policy.rules[direction] : []) {
        const placed = { policy, rule };
        const earlier = before.filter((each) => each.policy.tier === policy.tier);
        const near = earlier.slice(-manyRules);
        if (onHosts.has(policy) && near.length < earlier.length)
          budget.giveUp(`more than ${manyRules} rules of one tier before a rule for host endpoints`);
        const taker = onHosts.has(policy) ? near.find((each) => isCoveredAlways(placed, [each])) : undefined;
        if (taker !== undefined) {
          dead.push({ policy, rule, by: [earlierOf(taker)], endpoints: [], eclipses: [], isAlways: true });
        }
        if (rule.action !== 'log') before.push(placed);
      }
    }
  }
  return budget.bound(dead);
}

/** The same for what a message would name alike: one written rule may be several of the normal form. */
function earlierKey(each: Earlier): string {
  return each.kind === 'rule'
    ? JSON.stringify([ruleTitle(each.rule), policyPlace(each.policy)])
    : JSON.stringify([each.tier]);
}

function earlierOf({ policy, rule }: PlacedRule): Earlier {
  return { kind: 'rule', policy, rule, action: rule.action === 'log' ? 'pass' : rule.action };
}
