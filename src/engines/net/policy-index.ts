import { requiredValue } from '../../lang/calico-selector/required-value.ts';
import { namespaceLabel } from './calico-selectors.ts';
import type { Policy, Tier } from './normal-form.ts';
import type { OwnerIndex } from './owner-index.ts';
import type { Endpoint } from './owner.ts';

/** The policies of one tier that select an endpoint, in order. */
export interface TierPolicies {
  readonly tier: Tier;
  readonly policies: readonly Policy[];
  /** Those of them of which it is not known whether they select it. */
  readonly uncertain: ReadonlySet<Policy>;
}

const none: ReadonlySet<Policy> = new Set();

interface Numbered {
  readonly policy: Policy;
  readonly number: number;
}

/** Answers which policies select an endpoint, asking only those that may: most of them are for one namespace. */
export class PolicyIndex {
  private readonly owners: OwnerIndex;
  private readonly tiers: readonly {
    readonly tier: Tier;
    readonly byNamespace: ReadonlyMap<string | undefined, Numbered[]>;
  }[];
  private readonly known = new WeakMap<Endpoint, readonly TierPolicies[]>();

  constructor(tiers: readonly Tier[], owners: OwnerIndex) {
    this.owners = owners;
    this.tiers = tiers.map((tier) => {
      const byNamespace = new Map<string | undefined, Numbered[]>();
      for (const [number, policy] of tier.policies.entries()) {
        const namespace = requiredValue(policy.selector, namespaceLabel);
        const others = byNamespace.get(namespace);
        if (others === undefined) byNamespace.set(namespace, [{ policy, number }]);
        else others.push({ policy, number });
      }
      return { tier, byNamespace };
    });
  }

  /** The tiers with policies that select an endpoint, whatever their stage and direction; staged ones are among them. */
  selecting(endpoint: Endpoint): readonly TierPolicies[] {
    const known = this.known.get(endpoint);
    if (known !== undefined) return known;
    const namespace = endpoint.labels.get(namespaceLabel);
    const selecting = this.tiers.flatMap(({ tier, byNamespace }) => {
      const general = byNamespace.get(undefined) ?? [];
      const own = namespace === undefined ? [] : (byNamespace.get(namespace) ?? []);
      const selected = [...general, ...own]
        .filter(({ policy }) => this.owners.matches(policy.selector, endpoint) !== false)
        .sort((a, b) => a.number - b.number)
        .map(({ policy }) => policy);
      if (selected.length === 0) return [];
      const uncertain = selected.filter((policy) => !this.owners.isMatched(policy.selector, endpoint));
      return [{ tier, policies: selected, uncertain: uncertain.length === 0 ? none : new Set(uncertain) }];
    });
    this.known.set(endpoint, selecting);
    return selecting;
  }
}
