import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/object.ts';
import { formatFieldPath } from '../../text/tree.ts';

/** One field that differs: absent before, absent after, or changed. */
export interface FieldChange {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** The fields in which two values differ, as deep as both have maps or lists; in the order of the later value, lost ones last. */
export function jsonDiff(before: Json, after: Json, path: readonly (string | number)[] = []): FieldChange[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return keys.flatMap((key) => memberDiff(own(before, key), own(after, key), [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      memberDiff(before[index], after[index], [...path, index]),
    );
  }
  return before === after ? [] : [{ path: formatFieldPath(path), before, after }];
}

function memberDiff(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly (string | number)[],
): FieldChange[] {
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && after !== undefined) return jsonDiff(before, after, path);
  // A new map is told by its leaves: `securityContext.runAsUser: 1`, not as JSON.
  const [known = {}] = [before, after].filter(isObject);
  if (Object.keys(known).length > 0) {
    const whole = before === undefined ? jsonDiff({}, known, path) : jsonDiff(known, {}, path);
    return whole;
  }
  return [{ path: formatFieldPath(path), before, after }];
}

function own(map: Record<string, Json>, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
