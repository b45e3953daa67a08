import { isObject } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { roundUpResources } from '../../defaults/default-container.ts';
import type { ObjectKind } from './object-kind.ts';

/** v1 ResourceQuota. Its status is kept: of a living quota it says what admission counts with. */
export const resourceQuotaKind: ObjectKind = {
  group: '',
  kind: 'ResourceQuota',
  complete: (object) => {
    const { hard, used } = object.status as JsonObject;
    for (const list of [(object.spec as JsonObject).hard, hard, used]) roundUp(list);
  },
};

function roundUp(resources: Json | undefined): void {
  if (isObject(resources)) roundUpResources(resources as Record<string, string>);
}
