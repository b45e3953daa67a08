import { compareBytes } from '../../lang/byte-order.ts';
import { labelSelectorMatches } from '../../lang/label-selector.ts';
import type { PolicyRule } from '../../model/kinds/rbac.ts';
import type { StoredRole } from './stored-rbac.ts';

/** A rule of a role, and the role in which somebody wrote it: another one when a controller copied it into an aggregated ClusterRole. */
export interface RoleRule {
  readonly rule: PolicyRule;
  readonly writtenIn: StoredRole;
  /** Position among the rules of `writtenIn`. */
  readonly index: number;
}

const MAXIMUM_EXTRA_ROUNDS = 50;

/**
 * The rules of every ClusterRole once the aggregation controller has come to rest. A role with an aggregation rule holds what it
 * selects and nothing else, in order of selectors and of role names, equal rules once. Mirrors pkg/controller/clusterroleaggregation
 * syncClusterRole, v1.24, called for one role after the other by name until nothing changes.
 */
export function aggregatedRules(clusterRoles: readonly StoredRole[]): Map<StoredRole, readonly RoleRule[]> {
  const sorted = clusterRoles.toSorted((a, b) => compareBytes(a.name, b.name));
  const rules = new Map<StoredRole, readonly RoleRule[]>(sorted.map((role) => [role, ownRules(role)]));
  const sources = new Map<StoredRole, readonly StoredRole[]>();
  for (const role of sorted) {
    if (role.aggregationRule !== undefined) sources.set(role, selectedRoles(role, sorted));
  }
  // Along a chain there are at most as many rounds as aggregated roles; roles that select each other settle soon after, or never.
  for (let round = 0; round < sources.size + MAXIMUM_EXTRA_ROUNDS; round++) {
    let changed = false;
    for (const [role, from] of sources) {
      const union = unionOfRules(from, rules);
      if (sameRules(union, rules.get(role) ?? [])) continue;
      rules.set(role, union);
      changed = true;
    }
    if (!changed) break;
  }
  return rules;
}

function ownRules(role: StoredRole): RoleRule[] {
  return role.rules.map((rule, index) => ({ rule, writtenIn: role, index }));
}

/** The roles to copy from, once for each selector that selects them. */
function selectedRoles(role: StoredRole, sorted: readonly StoredRole[]): StoredRole[] {
  const selectors = role.aggregationRule?.clusterRoleSelectors ?? [];
  return selectors.flatMap((selector) =>
    sorted.filter((other) => other !== role && labelSelectorMatches(selector, other.labels)),
  );
}

function unionOfRules(roles: readonly StoredRole[], rules: ReadonlyMap<StoredRole, readonly RoleRule[]>): RoleRule[] {
  const union = new Map<string, RoleRule>();
  for (const role of roles) {
    for (const rule of rules.get(role) ?? []) {
      const key = ruleKey(rule.rule);
      if (!union.has(key)) union.set(key, rule);
    }
  }
  return [...union.values()];
}

function sameRules(left: readonly RoleRule[], right: readonly RoleRule[]): boolean {
  return left.length === right.length && left.every((rule, index) => sameRule(rule, right[index]));
}

function sameRule(left: RoleRule, right: RoleRule | undefined): boolean {
  return right !== undefined && (left.rule === right.rule || ruleKey(left.rule) === ruleKey(right.rule));
}

const keys = new WeakMap<PolicyRule, string>();

/** Equal for equal rules and for them only; an absent list is as good as an empty one, and order counts (equality.Semantic.DeepEqual). */
function ruleKey(rule: PolicyRule): string {
  let key = keys.get(rule);
  if (key === undefined) {
    const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
    key = JSON.stringify([verbs, apiGroups, resources, resourceNames, nonResourceURLs]);
    keys.set(rule, key);
  }
  return key;
}
