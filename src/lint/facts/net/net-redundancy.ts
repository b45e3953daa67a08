import { groupBy } from '../../../lang/group-by.ts';
import type { Json } from '../../../model/object.ts';
import type { Facts } from '../../facts.ts';
import type { WrittenPolicy, WrittenPort, WrittenRule } from './net-policies.ts';
import { once } from '../once.ts';

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

/** What can go without changing any flow, whatever pods there are: what is found is covered as it is written. */
export interface RedundancyFacts {
  readonly duplicates: readonly CoveredPolicy[];
  readonly covered: readonly CoveredPolicy[];
  readonly rules: readonly CoveredRule[];
}

/** Compares the policies of each namespace. */
export function redundancyFacts({ netPolicies, net }: Pick<Facts, 'netPolicies' | 'net'>): RedundancyFacts {
  const inForce = once(() => netPolicies.written.filter(({ policy }) => policy !== undefined));
  const duplicates = once(() => {
    // Few policies are alike at first sight.
    const alike = [...groupBy(inForce(), glance).values()].filter(({ length }) => length > 1);
    const groups = alike.flatMap((policies) => [...groupBy(policies, ({ spec }) => canonical(spec)).values()]);
    return groups.flatMap(([by, ...others]) => (by === undefined ? [] : others.map((policy) => ({ policy, by }))));
  });
  const covered = once(() => {
    if (net.policies.some(({ kind }) => kind !== 'KubernetesNetworkPolicy')) return [];
    const known = new Set(duplicates().map(({ policy }) => policy));
    const candidates = inForce().filter((policy) => !known.has(policy));
    return [...groupBy(candidates, ({ namespace }) => namespace).values()].flatMap(coveredPolicies);
  });
  const rules = once(() =>
    inForce().flatMap((policy) => {
      if (policy.isCalico) return [];
      return (['ingress', 'egress'] as const).flatMap((direction) =>
        coveredRules(
          policy,
          policy.rules.filter((rule) => rule.direction === direction),
        ),
      );
    }),
  );
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
  };
}

/** Beyond so many policies in one namespace, or rules in one policy, they are compared no more. */
const most = 300;

function coveredPolicies(policies: readonly WrittenPolicy[]): readonly CoveredPolicy[] {
  if (policies.length > most) return [];
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

function coveredRules(policy: WrittenPolicy, rules: readonly WrittenRule[]): readonly CoveredRule[] {
  if (rules.length > most) return [];
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

function coversPort(outer: WrittenPort, inner: WrittenPort): boolean {
  if (outer.protocol !== inner.protocol) return false;
  if (outer.port === undefined) return true;
  if (typeof outer.port === 'string' || typeof inner.port !== 'number') return outer.port === inner.port;
  return outer.port <= inner.port && (inner.last ?? inner.port) <= (outer.last ?? outer.port);
}

/** The same for policies of which one may be a copy of the other. */
function glance({ title, namespace, spec, rules }: WrittenPolicy): string {
  return `${title} ${namespace} ${String(rules.length)} ${canonical(spec.podSelector ?? spec.selector ?? null)}`;
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
