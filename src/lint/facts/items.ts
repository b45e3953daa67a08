import { record } from '../../cluster/pods/controller-pods.ts';
import type { Json, JsonObject } from '../../model/object.ts';

/** The items of a list with their places, each as an object. */
export function items(value: Json | undefined): readonly (readonly [number, JsonObject])[] {
  return (Array.isArray(value) ? value : []).map((each, index) => [index, record(each)] as const);
}
