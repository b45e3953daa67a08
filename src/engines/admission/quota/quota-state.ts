import type { ManifestObject } from '../../../model/object.ts';
import type { ResourceQuota, ScopedResourceSelectorRequirement } from '../../../model/kinds/resource-quota.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type ResourceList, readResourceList } from '../../../lang/resource-list.ts';
import type { StoredObject } from '../../../cluster/stored/stored-objects.ts';
import type { QuotaEvaluator } from './quota-evaluator.ts';

/** A ResourceQuota and what is used of it: its status, as the quota controller and the plugin keep it. */
export interface QuotaState {
  readonly object: ManifestObject;
  readonly name: string;
  readonly scopes: readonly ScopedResourceSelectorRequirement[];
  readonly hard: ResourceList;
  readonly used: ResourceList;
}

/** A quota as its manifest alone tells of it: the status that it has, or the hard limits of its spec with nothing used yet. */
export function quotaState({ object, name, value }: StoredObject, used: ResourceList): QuotaState {
  const { spec = {} }: ResourceQuota = value;
  const selected = spec.scopeSelector?.matchExpressions ?? [];
  const scopes = [...(spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })), ...selected];
  return { object, name, scopes, hard: readResourceList(spec.hard), used };
}

/** Whether all scopes of a quota take an object in. */
export function isInScope(
  { scopes }: Pick<QuotaState, 'scopes'>,
  evaluator: QuotaEvaluator,
  object: JsonObject,
): boolean {
  return scopes.every((scope) => evaluator.matchesScope(scope, object));
}
