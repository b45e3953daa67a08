import type { PolicyPortView } from '../../../model/kinds/network-policy.ts';
import { Budget } from '../../../lang/budget.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { Json } from '../../../model/object.ts';
import type { WrittenPolicy, WrittenRule } from '../model/written-policies.ts';

/** A policy, and the one that makes it superfluous. */
export interface CoveredPolicy {
  readonly policy: WrittenPolicy;
  readonly by: WrittenPolicy;
}

export interface CoveredRule {
  readonly policy: WrittenPolicy;
  readonly rule: WrittenRule;
  readonly by: WrittenRule;
}

/** Policies of which each says the same as an earlier one of its namespace. */
export function duplicatePolicies(policies: readonly WrittenPolicy[]): readonly CoveredPolicy[] {
  // Few policies are alike at first sight.
  const alike = [...groupBy(policies, glance).values()].filter(({ length }) => length > 1);
  const groups = alike.flatMap((each) => [...groupBy(each, ({ spec }) => canonical(spec)).values()]);
  return groups.flatMap(([by, ...others]) => (by === undefined ? [] : others.map((policy) => ({ policy, by }))));
}

/** Policies of Kubernetes that allow only what another of their namespace allows to the same pods. */
export function coveredPolicies(policies: readonly WrittenPolicy[], budget = new Budget()): readonly CoveredPolicy[] {
  return [...groupBy(policies, ({ namespace }) => namespace).values()].flatMap((each) =>
    coveredInNamespace(each, budget),
  );
}

/** Rules of a policy of Kubernetes that allow only what another of its rules allows. */
export function coveredRules(policy: WrittenPolicy, budget = new Budget()): readonly CoveredRule[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    coveredAmong(
      policy,
      policy.rules.filter((rule) => rule.direction === direction),
      budget,
    ),
  );
}

/** Beyond so many policies in one namespace, or rules in one policy, they are compared no more. */
const most = 300;

function coveredInNamespace(policies: readonly WrittenPolicy[], budget: Budget): readonly CoveredPolicy[] {
  if (policies.length > most) {
    budget.giveUp(`more than ${most} policies in one namespace`);
    return [];
  }
  return policies.flatMap((policy) => {
    // One without rules denies by default, and says so.
    if (policy.rules.length === 0) return [];
    const by = policies.find((other) => other !== policy && coversPolicy(other, policy));
    return by === undefined ? [] : [{ policy, by }];
  });
}

function coversPolicy(outer: WrittenPolicy, inner: WrittenPolicy): boolean {
  const everyone = canonical(outer.spec.podSelector ?? {}) === '{}';
  if (!everyone && canonical(outer.spec.podSelector ?? {}) !== canonical(inner.spec.podSelector ?? {})) return false;
  const isGoverned = (['ingress', 'egress'] as const).every(
    (direction) => inner.policy?.governs[direction] !== true || outer.policy?.governs[direction] === true,
  );
  return isGoverned && inner.rules.every((rule) => outer.rules.some((other) => coversRule(other, rule)));
}

function coveredAmong(policy: WrittenPolicy, rules: readonly WrittenRule[], budget: Budget): readonly CoveredRule[] {
  if (rules.length > most) {
    budget.giveUp(`more than ${most} rules in one policy`);
    return [];
  }
  return rules.flatMap((rule, index) => {
    // Of two that are equal the later one can go. An empty rule is empty-list-allows-all's.
    const by = rules.find(
      (other, at) => at !== index && coversRule(other, rule) && (at < index || !coversRule(rule, other)),
    );
    return by === undefined || Object.keys(by.value).length === 0 ? [] : [{ policy, rule, by }];
  });
}

function coversRule(outer: WrittenRule, inner: WrittenRule): boolean {
  if (outer.direction !== inner.direction) return false;
  const peers = new Set(outer.peers.map(({ value }) => canonical(value)));
  const isPeered =
    peers.size === 0 || (inner.peers.length > 0 && inner.peers.every(({ value }) => peers.has(canonical(value))));
  if (!isPeered) return false;
  return (
    outer.ports.length === 0 ||
    (inner.ports.length > 0 && inner.ports.every((port) => outer.ports.some((other) => coversPort(other, port))))
  );
}

function coversPort(outer: PolicyPortView, inner: PolicyPortView): boolean {
  if (outer.protocol !== inner.protocol) return false;
  if (outer.port === undefined) return true;
  if (typeof outer.port === 'string' || typeof inner.port !== 'number') return outer.port === inner.port;
  return outer.port <= inner.port && (inner.last ?? inner.port) <= (outer.last ?? outer.port);
}

/** The same for policies of which one may be a copy of the other. */
function glance({ kindTitle, namespace, spec, rules }: WrittenPolicy): string {
  return `${kindTitle} ${namespace} ${String(rules.length)} ${canonical(spec.podSelector ?? spec.selector ?? null)}`;
}

/** The value as text, keys in order. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .join()}}`;
}
