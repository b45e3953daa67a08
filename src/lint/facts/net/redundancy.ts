import {
  type CoveredPolicy,
  coveredPolicies,
  type CoveredRule,
  coveredRules,
  duplicatePolicies,
} from '../../../engines/net/analyses/redundant-policies.ts';
import { Budget } from '../../../lang/budget.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';
import { policyFacts } from './policies.ts';

/** What can go without changing any flow, whatever pods there are: what is found is covered as it is written. */
export interface RedundancyFacts {
  readonly duplicates: readonly CoveredPolicy[];
  readonly covered: readonly CoveredPolicy[];
  readonly rules: readonly CoveredRule[];
  /** The limits at which the comparison of policies, or of rules, stopped. */
  readonly gaveUp: { readonly covered: readonly string[]; readonly rules: readonly string[] };
}

/** Compares the policies of each namespace. */
export function redundancyFacts(context: FactContext): RedundancyFacts {
  const policies = policyFacts(context);
  const inForce = once(() => policies.written.filter(({ policy }) => policy !== undefined));
  const budgets = { covered: new Budget(), rules: new Budget() };
  const duplicates = once(() => duplicatePolicies(inForce()));
  const covered = once(() => {
    // Other kinds deny too, and are evaluated in an order.
    if (policies.all.some(({ kind }) => kind !== 'KubernetesNetworkPolicy')) return [];
    const known = new Set(duplicates().map(({ policy }) => policy));
    return coveredPolicies(
      inForce().filter((policy) => !known.has(policy)),
      budgets.covered,
    );
  });
  const rules = once(() => inForce().flatMap((policy) => (policy.isCalico ? [] : coveredRules(policy, budgets.rules))));
  return {
    get duplicates() {
      return duplicates();
    },
    get covered() {
      return covered();
    },
    get rules() {
      return rules();
    },
    gaveUp: {
      get covered() {
        covered();
        return budgets.covered.gaveUp;
      },
      get rules() {
        rules();
        return budgets.rules.gaveUp;
      },
    },
  };
}
