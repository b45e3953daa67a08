import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import type { ObjectKind } from './object-kind.ts';
import { metadataOf, textOf } from '../object-metadata.ts';

const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

/** v1 LimitRange. Mirrors SetDefaults_LimitRangeItem of pkg/apis/core/v1 and ValidateLimitRange, v1.24. */
export const limitRangeKind: ObjectKind = {
  group: '',
  kind: 'LimitRange',
  complete: (object) => {
    for (const item of ((object.spec as JsonObject).limits ?? []) as JsonObject[]) completeItem(item);
  },
  forCreate: (object) => {
    const metadata = metadataOf(object);
    // One without a name is called by a number.
    return textOf(metadata.name) === '' ? { ...object, metadata: { ...metadata, name: 'UID' } } : object;
  },
};

/** Default limits come from the maximum, default requests from the default limits and then from the minimum; for containers only. */
function completeItem(item: JsonObject): void {
  if (item.type === 'Container') {
    item.default = { ...listOf(item.max), ...listOf(item.default) };
    item.defaultRequest = { ...listOf(item.min), ...listOf(item.default), ...listOf(item.defaultRequest) };
  }
  for (const name of LISTS) if (isObject(item[name])) roundUpResources(item[name] as Record<string, string>);
}

function listOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
