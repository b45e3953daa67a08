import { Budget } from '../../../lang/budget.ts';
import type { BitSet } from '../../../lang/bit-set.ts';
import { sharedClasses } from '../sets/endpoint-class.ts';
import type { EndpointClass } from '../sets/endpoint-class.ts';
import type { Decider } from '../sets/endpoint-traffic.ts';
import { Evaluated, FlowChange } from './flow-change.ts';
import type { ChangedFlow } from './flow-change.ts';
import { contestedEnds } from './contested-ends.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Network } from '../model/network.ts';
import type { Policy } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { nameBehind, renamed } from '../model/renamed-network.ts';
import { SetWalker } from '../sets/set-walk.ts';

/** Two policies of one tier with the same order, that would decide some packets of a pod differently: their names say which one does. */
export interface NameConflict {
  /** The one that comes first. */
  readonly first: Policy;
  readonly second: Policy;
  /** A pod that both select. */
  readonly endpoint: Endpoint;
}

/** A flow that is decided otherwise when one policy is renamed. */
export interface NameFlip extends NameConflict, ChangedFlow {
  /** What to call the first policy so that it comes after the second. */
  readonly newName: string;
}

export interface NameOrder {
  /** Each pair of policies once. */
  readonly conflicts: readonly NameConflict[];
  /** At most one for each policy that could be renamed. */
  readonly flips: readonly NameFlip[];
  /** The limits that were hit, as text. */
  readonly gaveUp: readonly string[];
}

/** How many rules are compared, or applied to packets. */
const patience = 5_000_000;

/** Where only names say which of two policies decides, and which flows depend on it: each flip was evaluated with the other name. */
export function nameOrder(network: Network): NameOrder {
  return new NameOrderSearch(network).run();
}

class NameOrderSearch {
  private readonly network: Network;
  private readonly known: Evaluated;
  private readonly conflicts = new Map<Policy, Map<Policy, NameConflict>>();
  private readonly flips = new Map<Policy, NameFlip>();
  private readonly changes = new Map<Policy, Map<string, FlowChange>>();
  private readonly budget = new Budget(patience);

  constructor(network: Network) {
    this.network = network;
    this.known = new Evaluated(network);
  }

  run(): NameOrder {
    const rivals = rivalsOf(this.network);
    if (rivals.size > 0) {
      for (const family of [4, 6] as const) {
        const walker = new SetWalker(this.network, family, this.known.evaluator.algebra);
        for (const direction of ['ingress', 'egress'] as const) {
          for (const each of sharedClasses(this.network, family, walker.peers, direction)) {
            if (each.rules.some(({ policy }) => rivals.has(policy))) this.search(walker, each);
          }
        }
      }
    }
    return {
      conflicts: [...this.conflicts.values()].flatMap((of) => [...of.values()]),
      flips: [...this.flips.values()],
      gaveUp: this.budget.gaveUp,
    };
  }

  private search(walker: SetWalker, each: EndpointClass): void {
    const certain = each.rules.filter(({ isOwn, rule }) => isOwn === true && rule.action !== 'log');
    const runs = groupBy(certain, ({ policy }) => `${policy.tier} ${policy.order}`);
    for (const run of runs.values()) {
      const byPolicy = [...groupBy(run, ({ policy }) => policy)];
      for (const [place, [first, rules]] of byPolicy.entries()) {
        for (const [second, others] of byPolicy.slice(place + 1)) {
          if (this.flips.has(first) && this.conflicts.get(first)?.has(second) === true) continue;
          if (this.budget.isSpent(`more than ${patience} pairs of rules that only names put in order`)) continue;
          this.budget.spend(rules.length * others.length);
          const among = contestedEnds(walker, each, rules, others, this.budget);
          if (among === undefined) continue;
          this.note(each, first, second);
          if (!this.flips.has(first)) this.tryName(walker, each, first, second, among);
        }
      }
    }
  }

  private note({ members }: EndpointClass, first: Policy, second: Policy): void {
    const [endpoint] = members;
    const known = this.conflicts.get(first) ?? new Map<Policy, NameConflict>();
    this.conflicts.set(first, known);
    if (endpoint !== undefined && !known.has(second)) known.set(second, { first, second, endpoint });
  }

  /** Renames the first policy behind the second, and looks for a flow that is decided otherwise then. */
  private tryName(walker: SetWalker, each: EndpointClass, first: Policy, second: Policy, among: BitSet): void {
    const newName = nameBehind(first, second);
    const sets = newName === undefined ? undefined : walker.split(each, each.rules.length - 1, among, this.budget);
    const [endpoint] = each.members;
    if (newName === undefined || sets === undefined || endpoint?.kind !== 'pod') return;
    const change = this.change(first, newName);
    for (const set of sets) {
      this.budget.spend(each.rules.length * 2);
      for (const wanted of ['allow', 'deny'] as const) {
        const found = change.find(walker, each, set, wanted, (was, is) => isBy(was.by, first) || isBy(is.by, second));
        if (found === undefined) continue;
        this.flips.set(first, { first, second, endpoint, newName, ...found });
        return;
      }
    }
  }

  private change(policy: Policy, name: string): FlowChange {
    const byName = this.changes.get(policy) ?? new Map<string, FlowChange>();
    this.changes.set(policy, byName);
    let change = byName.get(name);
    if (change === undefined) {
      change = new FlowChange(this.known, new Evaluated(renamed(this.network, policy, name)), this.budget);
      byName.set(name, change);
    }
    return change;
  }
}

/** Policies that share a place in the order with others of another action. */
function rivalsOf({ tiers }: Network): ReadonlySet<Policy> {
  const rivals = new Set<Policy>();
  for (const { policies } of tiers) {
    for (const run of groupBy(policies, ({ order }) => order).values()) {
      const inForce = run.filter(({ staged }) => !staged);
      for (const direction of ['ingress', 'egress'] as const) {
        const rules = inForce.flatMap((policy) => policy.rules[direction]);
        const actions = new Set(rules.map(({ action }) => action));
        actions.delete('log');
        if (actions.size > 1) for (const policy of inForce) rivals.add(policy);
      }
    }
  }
  return rivals;
}

function isBy(by: Decider, policy: Policy): boolean {
  return by.kind === 'rule' && by.policy === policy;
}
