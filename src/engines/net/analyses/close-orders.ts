import { type Bounded, Budget } from '../../../lang/budget.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import { contestedEnds } from './contested-ends.ts';
import { sharedClasses } from '../sets/endpoint-class.ts';
import type { EndpointClass } from '../sets/endpoint-class.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Network } from '../model/network.ts';
import type { Policy } from '../form/normal-form.ts';
import { SetWalker } from '../sets/set-walk.ts';

/** Two policies of one tier that would decide some packets of a pod differently, with little room between their orders. */
export interface CloseOrder {
  readonly first: Policy;
  readonly second: Policy;
}

/** How many pairs of rules are compared. */
const patience = 5_000_000;

/** The pairs of policies whose orders differ by less than a gap (and are not the same), and that contest packets of a pod. */
export function closeOrders(network: Network, gap: number): Bounded<readonly CloseOrder[]> {
  const found = new Map<Policy, Set<Policy>>();
  const isClose = (first: Policy, second: Policy): boolean =>
    first.tier === second.tier && second.order > first.order && second.order - first.order < gap;
  const close = closePolicies(network, isClose);
  const budget = new Budget(patience);
  if (close.size === 0) return budget.bound([]);
  const algebra = new TrafficAlgebra();
  const search = (walker: SetWalker, each: EndpointClass): void => {
    const certain = each.rules.filter(({ isOwn, rule, policy }) => {
      return isOwn === true && rule.action !== 'log' && close.has(policy);
    });
    const byPolicy = [...groupBy(certain, ({ policy }) => policy)];
    for (const [place, [first, rules]] of byPolicy.entries()) {
      for (const [second, others] of byPolicy.slice(place + 1)) {
        if (!isClose(first, second) || found.get(first)?.has(second) === true) continue;
        if (budget.isSpent(`more than ${patience} pairs of rules whose orders are close`)) continue;
        budget.spend(rules.length * others.length);
        if (contestedEnds(walker, each, rules, others, budget) === undefined) continue;
        found.set(first, (found.get(first) ?? new Set<Policy>()).add(second));
      }
    }
  };
  for (const family of [4, 6] as const) {
    const walker = new SetWalker(network, family, algebra);
    for (const direction of ['ingress', 'egress'] as const) {
      for (const each of sharedClasses(network, family, walker.peers, direction)) search(walker, each);
    }
  }
  return budget.bound([...found].flatMap(([first, others]) => [...others].map((second) => ({ first, second }))));
}

/** Policies that have another one close to them. */
function closePolicies({ tiers }: Network, isClose: (first: Policy, second: Policy) => boolean): ReadonlySet<Policy> {
  const close = new Set<Policy>();
  for (const { policies } of tiers) {
    const inForce = policies.filter(({ staged }) => !staged);
    const byOrder = [...groupBy(inForce, ({ order }) => order).values()];
    for (const [place, run] of byOrder.entries()) {
      const [next = []] = byOrder.slice(place + 1);
      const [first, second] = [run[0], next[0]];
      if (first !== undefined && second !== undefined && isClose(first, second)) {
        for (const policy of [...run, ...next]) close.add(policy);
      }
    }
  }
  return close;
}
