import { list, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { field, item, type Place } from '../check/place.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The containers of a pod's spec in the order in which the server visits them. */
export function containersOf(
  spec: JsonObject,
  at: Place | undefined,
): readonly { readonly container: JsonObject; readonly place: Place }[] {
  const found: { readonly container: JsonObject; readonly place: Place }[] = [];
  for (const name of LISTS) {
    const containers = list(spec[name]);
    if (containers.length === 0) continue;
    const place = field(at, name);
    containers.forEach((each, index) => found.push({ container: record(each), place: item(place, index) }));
  }
  return found;
}
