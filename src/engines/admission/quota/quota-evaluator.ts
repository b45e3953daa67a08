import type { ResourceList } from '../../../lang/resource-list.ts';
import type { ScopedResourceSelectorRequirement } from '../../../model/kinds/resource-quota.ts';
import type { JsonObject } from '../../../model/object.ts';

/** How quota measures the objects of one resource. Objects are decoded and defaulted. Mirrors quota.Evaluator of apiserver, v1.24. */
export interface QuotaEvaluator {
  /** Whether updates may change what is used; creations always do. */
  readonly countsUpdates: boolean;
  /** Those names in a quota that these objects use. */
  matching(names: readonly string[]): readonly string[];
  matchesScope(scope: ScopedResourceSelectorRequirement, object: JsonObject): boolean;
  /** What an object must say where a quota limits these resources: `must specify …`, or ''. */
  missing(restricted: readonly string[], object: JsonObject): string;
  usage(object: JsonObject): ResourceList;
}
