import { isObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/object.ts';

/** The metadata of any object. */
export function metadataOf({ metadata }: JsonObject): JsonObject {
  return isObject(metadata) ? metadata : {};
}

/** A text, or '' for anything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
