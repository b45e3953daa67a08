import { list, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { field, item, type Place } from '../check/place.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The containers of a pod's spec in the order in which the server visits them. */
export function containersOf(
  spec: JsonObject,
  at: Place | undefined,
): readonly { readonly container: JsonObject; readonly place: Place }[] {
  return LISTS.flatMap((name) =>
    list(spec[name]).map((each, index) => ({ container: record(each), place: item(field(at, name), index) })),
  );
}
