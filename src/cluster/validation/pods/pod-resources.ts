import { compareQuantities, formatQuantity } from '../../../lang/quantity.ts';
import { readResourceList } from '../../../lang/resource-list.ts';
import { isObject, list, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { aggregateResources } from '../../defaults/pod-level-resources.ts';
import { type Check, forbidden, invalid } from '../check/check.ts';
import { entry, field, item, type Place } from '../check/place.ts';
import { isHugePages } from '../resource-names.ts';
import { checkRequirements, podResource } from './resources.ts';

/** Requests and limits of a pod as a whole (PodLevelResources). Mirrors validatePodResources, v1.37. */
export function checkPodResources(check: Check, spec: JsonObject, at: Place): void {
  const { resources } = spec;
  if (!isObject(resources)) return;
  if (record(spec.os).name === 'windows') {
    forbidden(check, at, 'may not be set for a windows pod');
    return;
  }
  if (resources.claims !== undefined)
    forbidden(check, field(at, 'claims'), 'claims may not be set for Resources at pod-level');
  checkRequirements(check, resources, at, podResource);
  const requests = readResourceList(record(resources.requests));
  const limits = readResourceList(record(resources.limits));
  for (const [name, needed] of aggregateResources(spec, 'requests')) {
    const own = requests.get(name);
    if (own === undefined || compareQuantities(needed, own) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container requests of ${formatQuantity(needed)}`;
    invalid(check, entry(field(at, 'requests'), name), formatQuantity(own), detail);
  }
  for (const [name, needed] of aggregateResources(spec, 'limits')) {
    const own = limits.get(name);
    if (!isHugePages(name) || own === undefined || compareQuantities(needed, own) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container limits of ${formatQuantity(needed)}`;
    invalid(check, entry(field(at, 'limits'), name), formatQuantity(own), detail);
  }
  for (const [index, container] of list(spec.containers).entries()) {
    for (const [name, limit] of readResourceList(record(record(record(container).resources).limits))) {
      const own = limits.get(name);
      if (own === undefined || compareQuantities(limit, own) <= 0) continue;
      const place = field(entry(item(field(at, 'containers'), index), name), 'limits');
      invalid(
        check,
        place,
        formatQuantity(limit),
        `must be less than or equal to pod limits of ${formatQuantity(own)}`,
      );
    }
  }
}
