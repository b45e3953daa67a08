import { Budget } from '../../../lang/budget.ts';
import { BitSet } from '../../../lang/bit-set.ts';
import { TrafficAlgebra } from '../../../lang/traffic/traffic-set.ts';
import { endpointClasses } from '../sets/endpoint-class.ts';
import type { EndpointClass } from '../sets/endpoint-class.ts';
import { Evaluated, FlowChange } from './flow-change.ts';
import type { ChangedFlow } from './flow-change.ts';
import type { Network } from '../model/network.ts';
import type { Policy, PolicyKind } from '../form/normal-form.ts';
import { withPolicies } from '../model/replaced-policies.ts';
import { SetWalker } from '../sets/set-walk.ts';

/** What a staged policy proposes: to be enforced, perhaps in place of another policy, or to remove one. */
export interface Proposal {
  readonly enforce?: Policy;
  readonly remove?: Policy;
}

/** Flows that a proposal would allow, and flows that it would deny: one of each, if there are any. */
export interface ProposedChange {
  readonly opened?: ChangedFlow;
  readonly closed?: ChangedFlow;
}

/** What the kinds of staged policies become. Mirrors ConvertStagedPolicyToEnforced of projectcalico/api, v3.32. */
const enforcedKinds: Partial<Record<PolicyKind, PolicyKind>> = {
  StagedNetworkPolicy: 'NetworkPolicy',
  StagedGlobalNetworkPolicy: 'GlobalNetworkPolicy',
  StagedKubernetesNetworkPolicy: 'KubernetesNetworkPolicy',
};

/** A staged policy as it would be in force; undefined for a policy that is not staged. */
export function enforced(policy: Policy): Policy | undefined {
  const kind = enforcedKinds[policy.kind];
  return kind === undefined ? undefined : { ...policy, kind, staged: false };
}

/** The proposal that a staged policy makes. */
export function proposalOf({ tiers }: Network, policy: Policy): Proposal | undefined {
  const target = enforced(policy);
  if (target === undefined) return undefined;
  const isTarget = ({ kind, namespace, name }: Policy): boolean =>
    kind === target.kind && namespace === target.namespace && name === target.name;
  const remove = tiers.flatMap(({ policies }) => policies).find(isTarget);
  return { enforce: policy, ...(remove === undefined ? {} : { remove }) };
}

/** How many rules are applied to packets. */
const patience = 5_000_000;

/** Puts proposals into effect, each alone, and looks for flows of pods that are decided otherwise then. */
export class ProposedChanges {
  private readonly network: Network;
  private readonly before: Evaluated;
  /** Every policy in force that may be: what none of them tells apart, none of the networks does. */
  private readonly everything: Network;
  private readonly inForce = new Map<Policy, Policy>();
  private readonly walkers: readonly SetWalker[];
  private readonly budget = new Budget(patience);

  constructor(network: Network) {
    this.network = network;
    this.before = new Evaluated(network);
    for (const { policies } of network.tiers) {
      for (const policy of policies) {
        const target = enforced(policy);
        if (target !== undefined) this.inForce.set(policy, target);
      }
    }
    this.everything = withPolicies(network, this.inForce);
    const algebra = new TrafficAlgebra();
    this.walkers = ([4, 6] as const).map((family) => new SetWalker(this.everything, family, algebra));
  }

  /** The limits that were hit so far, as text. */
  get gaveUp(): readonly string[] {
    return this.budget.gaveUp;
  }

  of({ enforce, remove }: Proposal): ProposedChange {
    const changes = new Map<Policy, Policy | undefined>();
    if (remove !== undefined) changes.set(remove, undefined);
    const added = enforce === undefined ? undefined : this.inForce.get(enforce);
    if (enforce !== undefined) changes.set(enforce, added);
    const change = new FlowChange(this.before, new Evaluated(withPolicies(this.network, changes)), this.budget);
    const found: { opened?: ChangedFlow; closed?: ChangedFlow } = {};
    for (const walker of this.walkers) {
      for (const direction of ['ingress', 'egress'] as const) {
        const isChanged = (policy: Policy): boolean => policy === added || policy === remove;
        for (const each of endpointClasses(this.everything, walker.family, walker.peers, direction, isChanged)) {
          if (this.search(walker, each, change, found)) return found;
        }
      }
    }
    return found;
  }

  /** Whether a flow of either kind is known then. */
  private search(
    walker: SetWalker,
    each: EndpointClass,
    change: FlowChange,
    found: { opened?: ChangedFlow; closed?: ChangedFlow },
  ): boolean {
    const everybody = BitSet.full(walker.peers.all.length);
    const isSpent = this.budget.isSpent(`more than ${patience} rules of proposed policies`);
    const sets = isSpent ? undefined : walker.split(each, each.rules.length - 1, everybody, this.budget);
    for (const set of sets ?? []) {
      this.budget.spend(each.rules.length * 2);
      const opened = found.opened ?? change.find(walker, each, set, 'allow');
      const closed = found.closed ?? change.find(walker, each, set, 'deny');
      if (opened !== undefined) found.opened = opened;
      if (closed !== undefined) found.closed = closed;
      if (opened !== undefined && closed !== undefined) return true;
    }
    return false;
  }
}
