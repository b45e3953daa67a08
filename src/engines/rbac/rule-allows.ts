import type { PolicyRule } from '../../model/kinds/rbac.ts';
import type { Action } from './attributes.ts';

const NONE: readonly string[] = [];

/** Whether a rule allows an action. Mirrors plugin/pkg/auth/authorizer/rbac RuleAllows and pkg/apis/rbac/v1 evaluation helpers, v1.24. */
export function ruleAllows(rule: PolicyRule, action: Action): boolean {
  if (!hasOrAll(rule.verbs ?? NONE, action.verb)) return false;
  const { nonResourceURL = '' } = action;
  if (nonResourceURL !== '') return (rule.nonResourceURLs ?? NONE).some((url) => urlMatches(url, nonResourceURL));
  const { resourceNames = NONE } = rule;
  return (
    hasOrAll(rule.apiGroups ?? NONE, action.apiGroup ?? '') &&
    resourceMatches(rule.resources ?? NONE, action.resource ?? '', action.subresource ?? '') &&
    // `*` is a name like any other here, and an action without a name matches no name.
    (resourceNames.length === 0 || resourceNames.includes(action.name ?? ''))
  );
}

function hasOrAll(list: readonly string[], value: string): boolean {
  return list.includes(value) || list.includes('*');
}

function resourceMatches(resources: readonly string[], resource: string, subresource: string): boolean {
  if (subresource === '') return hasOrAll(resources, resource);
  return hasOrAll(resources, `${resource}/${subresource}`) || resources.includes(`*/${subresource}`);
}

function urlMatches(pattern: string, url: string): boolean {
  if (pattern === url || pattern === '*') return true;
  return pattern.endsWith('*') && url.startsWith(withoutTrailingStars(pattern));
}

function withoutTrailingStars(pattern: string): string {
  let end = pattern.length;
  while (pattern[end - 1] === '*') end--;
  return pattern.slice(0, end);
}
