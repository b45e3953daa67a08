import type { ResourceList } from '../../../lang/resource-list.ts';
import type { ScopedResourceSelectorRequirement } from '../../../model/kinds/resource-quota.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';

/**
 * What the plugin's configuration limits even where no quota does: it may be used only where a quota covers it. Mirrors LimitedResource of
 * apiserver pkg/admission/plugin/resourcequota/apis/resourcequota, v1.24.
 */
export interface LimitedResource {
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly matchContains?: readonly string[];
  readonly matchScopes?: readonly ScopedResourceSelectorRequirement[];
}

/** A ResourceQuotaConfiguration, of any of its versions. */
export interface QuotaConfiguration {
  readonly limitedResources?: readonly LimitedResource[];
}

/** The names of what an object uses that a configuration limits for objects of its resource. */
export function limitedNames(limited: readonly LimitedResource[], usage: ResourceList): readonly string[] {
  const used = [...usage].filter(([, { value }]) => value > 0n).map(([name]) => name);
  return limited.flatMap(({ matchContains = [] }) =>
    used.filter((name) => matchContains.some((part) => name.includes(part))),
  );
}

/** The limited scopes that an object is in and no quota covers, as Go prints a slice of them; '' when there is none. */
export function uncoveredScopes(
  limited: readonly LimitedResource[],
  covering: readonly ScopedResourceSelectorRequirement[],
  evaluator: QuotaEvaluator,
  object: JsonObject,
): string {
  const scopes = limited
    .flatMap(({ matchScopes = [] }) => matchScopes)
    .filter((scope) => evaluator.matchesScope(scope, object))
    .filter(({ scopeName }) => !covering.some((scope) => scope.scopeName === scopeName));
  const printed = scopes.map(
    ({ scopeName = '', operator = '', values = [] }) => `{${scopeName} ${operator} [${values.join(' ')}]}`,
  );
  return printed.length === 0 ? '' : `[${printed.join(' ')}]`;
}
