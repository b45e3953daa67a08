import type { PolicyRule } from '../../model/kinds/rbac.ts';
import { goQuote } from '../../lang/go-quote.ts';

const NONE: readonly string[] = [];

/** The smallest parts of some rules that others do not cover. Mirrors Covers of component-helpers' auth/rbac/validation. */
export function uncovered(held: readonly PolicyRule[], rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return rules.flatMap(breakDown).filter((part) => !held.some((rule) => ruleCovers(rule, part)));
}

/** Rules of one verb, resource and name each. */
function breakDown(rule: PolicyRule): readonly PolicyRule[] {
  const { verbs = NONE, apiGroups = NONE, resources = NONE, resourceNames = NONE, nonResourceURLs = NONE } = rule;
  const parts: PolicyRule[] = [];
  for (const group of apiGroups) {
    for (const resource of resources) {
      for (const verb of verbs) {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames.length === 0) parts.push(part);
        else parts.push(...resourceNames.map((name) => ({ ...part, resourceNames: [name] })));
      }
    }
  }
  for (const url of nonResourceURLs) for (const verb of verbs) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  return parts;
}

function ruleCovers(held: PolicyRule, part: PolicyRule): boolean {
  const names = held.resourceNames ?? NONE;
  const wanted = part.resourceNames ?? NONE;
  return (
    hasAll(held.verbs ?? NONE, part.verbs ?? NONE) &&
    hasAll(held.apiGroups ?? NONE, part.apiGroups ?? NONE) &&
    (part.resources ?? NONE).every((resource) => coversResource(held.resources ?? NONE, resource)) &&
    (part.nonResourceURLs ?? NONE).every((url) => (held.nonResourceURLs ?? NONE).some((own) => coversUrl(own, url))) &&
    (names.length === 0 || (wanted.length > 0 && wanted.every((name) => names.includes(name))))
  );
}

function hasAll(held: readonly string[], wanted: readonly string[]): boolean {
  return held.includes('*') || wanted.every((each) => held.includes(each));
}

function coversResource(held: readonly string[], resource: string): boolean {
  if (held.includes('*') || held.includes(resource)) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && held.includes(`*${resource.slice(slash)}`);
}

function coversUrl(held: string, url: string): boolean {
  return held === url || (held.endsWith('*') && url.startsWith(held.replace(/\*+$/, '')));
}

/** Puts parts that differ in their verb alone together. Mirrors CompactRules of pkg/registry/rbac/validation. */
export function compactRules(parts: readonly PolicyRule[]): readonly PolicyRule[] {
  const byResource = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const part of parts) {
    if (part.nonResourceURLs !== undefined) {
      others.push(part);
      continue;
    }
    const key = JSON.stringify([part.apiGroups, part.resources, part.resourceNames]);
    const known = byResource.get(key);
    byResource.set(
      key,
      known === undefined ? part : { ...known, verbs: [...(known.verbs ?? NONE), ...(part.verbs ?? NONE)] },
    );
  }
  return [...others, ...byResource.values()];
}

/** A rule as the server writes it: `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}`. */
export function describeForServer(rule: PolicyRule): string {
  const fields: readonly (readonly [name: string, values: readonly string[] | undefined])[] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ];
  const parts = fields.flatMap(([name, values = NONE]) =>
    values.length === 0 ? [] : [`${name}:[${values.map(goQuote).join(' ')}]`],
  );
  return `{${parts.join(', ')}}`;
}
