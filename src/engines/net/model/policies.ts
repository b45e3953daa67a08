import { once } from '../../../lang/once.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { Direction, Policy, Tier } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Network } from './network.ts';

/** The endpoints that a policy selects: for certain, and those of which the manifests do not say. */
export interface PolicySubjects {
  readonly sure: readonly Endpoint[];
  readonly possible: readonly Endpoint[];
}

/** The policies of a network. */
export interface Policies {
  /** In the order in which they are evaluated. */
  readonly all: readonly Policy[];
  /** Whether a policy that is not staged governs a direction of any pod. */
  restrict(direction: Direction): boolean;
  /** The policies that an object became: none if it was refused. */
  of(object: ManifestObject): readonly Policy[];
  tierOf(policy: Policy): Tier;
  /** The pods and host endpoints that a policy selects. */
  subjects(policy: Policy): PolicySubjects;
}

const known = new WeakMap<Network, Policies>();

/** The policies of a network, indexed by their objects and with the endpoints that they select. */
export function policiesOf(network: Network): Policies {
  let answer = known.get(network);
  if (answer === undefined) known.set(network, (answer = indexPolicies(network)));
  return answer;
}

function indexPolicies(network: Network): Policies {
  const tiers = new Map(network.tiers.flatMap((tier) => tier.policies.map((policy) => [policy, tier] as const)));
  const all = [...tiers.keys()];
  const byObject = new Map<ManifestObject, Policy[]>();
  for (const policy of all) {
    const { manifest } = policy.origin.object;
    if (manifest === undefined) continue;
    const others = byObject.get(manifest);
    if (others === undefined) byObject.set(manifest, [policy]);
    else others.push(policy);
  }
  const subjects = once(() => subjectsIn(network));
  return {
    all,
    restrict: (direction) => all.some(({ staged, governs }) => !staged && governs[direction]),
    of: (object) => byObject.get(object) ?? [],
    subjects: (policy) => subjects().get(policy) ?? { sure: [], possible: [] },
    tierOf: (policy) => {
      const tier = tiers.get(policy);
      if (tier === undefined) throw new Error('a policy of another cluster');
      return tier;
    },
  };
}

function subjectsIn(network: Network): ReadonlyMap<Policy, PolicySubjects> {
  const found = new Map<Policy, { readonly sure: Endpoint[]; readonly possible: Endpoint[] }>();
  for (const endpoint of [...network.pods, ...network.hosts]) {
    for (const { policies, uncertain } of network.policies.selecting(endpoint)) {
      for (const policy of policies) {
        const selected = found.get(policy) ?? { sure: [], possible: [] };
        found.set(policy, selected);
        (uncertain.has(policy) ? selected.possible : selected.sure).push(endpoint);
      }
    }
  }
  return found;
}

/** The policies of the same tier that select one of the same endpoints for one of the same directions, before or after; staged ones left out. */
export function neighboursOf(network: Network, policy: Policy): readonly Policy[] {
  const policies = policiesOf(network);
  const { sure, possible } = policies.subjects(policy);
  const found = new Set<Policy>();
  for (const endpoint of [...sure, ...possible]) {
    for (const { policies: own } of network.policies.selecting(endpoint)) {
      if (!own.includes(policy)) continue;
      for (const other of own) {
        const isCommon = (['ingress', 'egress'] as const).some((each) => policy.governs[each] && other.governs[each]);
        if (other !== policy && !other.staged && isCommon) found.add(other);
      }
    }
  }
  return policies.all.filter((each) => found.has(each));
}
