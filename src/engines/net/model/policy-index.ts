import { labelRequirements } from '../../../lang/calico-selector/label-requirements.ts';
import { namespaceLabel } from '../objects/calico-selectors.ts';
import type { Policy, Tier } from '../form/normal-form.ts';
import type { OwnerIndex } from './owner-index.ts';
import type { Endpoint } from '../form/owner.ts';

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
  readonly tier: Tier;
  /** In order of evaluation, over all tiers. */
  readonly number: number;
}

/** Answers which policies select an endpoint, asking only those that may: most of them insist on a namespace or another label. */
export class PolicyIndex {
  private readonly owners: OwnerIndex;
  private readonly general: Numbered[] = [];
  private readonly byLabel = new Map<string, Map<string, Numbered[]>>();
  private readonly known = new WeakMap<Endpoint, readonly TierPolicies[]>();

  constructor(tiers: readonly Tier[], owners: OwnerIndex) {
    this.owners = owners;
    let number = 0;
    for (const tier of tiers) for (const policy of tier.policies) this.add({ policy, tier, number: number++ });
  }

  /** The tiers with policies that select an endpoint, whatever their stage and direction; staged ones are among them. */
  selecting(endpoint: Endpoint): readonly TierPolicies[] {
    const known = this.known.get(endpoint);
    if (known !== undefined) return known;
    const selecting: { tier: Tier; policies: Policy[]; uncertain: Set<Policy> | undefined }[] = [];
    for (const { policy, tier } of this.candidates(endpoint)) {
      const selected = this.owners.matches(policy.selector, endpoint);
      if (selected === false) continue;
      const truth = policy.unsettled === undefined ? selected : 'maybe';
      let last = selecting[selecting.length - 1];
      if (last?.tier !== tier) selecting.push((last = { tier, policies: [], uncertain: undefined }));
      last.policies.push(policy);
      if (truth === 'maybe') (last.uncertain ??= new Set()).add(policy);
    }
    const answer = selecting.map(({ tier, policies, uncertain = none }) => ({ tier, policies, uncertain }));
    this.known.set(endpoint, answer);
    return answer;
  }

  private add(numbered: Numbered): void {
    const requirements = labelRequirements(numbered.policy.selector).flatMap(({ label, values = [] }) =>
      values.length > 0 ? [{ label, values }] : [],
    );
    const requirement = requirements.find(({ label }) => label === namespaceLabel) ?? requirements[0];
    if (requirement === undefined) {
      this.general.push(numbered);
      return;
    }
    const byValue = this.byLabel.get(requirement.label) ?? new Map<string, Numbered[]>();
    this.byLabel.set(requirement.label, byValue);
    for (const value of requirement.values) {
      const others = byValue.get(value);
      if (others === undefined) byValue.set(value, [numbered]);
      else others.push(numbered);
    }
  }

  /** In order of evaluation. */
  private candidates({ labels }: Endpoint): readonly Numbered[] {
    const found = new Set(this.general);
    for (const [label, byValue] of this.byLabel) {
      const value = labels.get(label);
      const lists =
        value !== undefined ? [byValue.get(value) ?? []] : labels.isUnknown?.(label) === true ? byValue.values() : [];
      for (const list of lists) for (const numbered of list) found.add(numbered);
    }
    return [...found].sort((a, b) => a.number - b.number);
  }
}
