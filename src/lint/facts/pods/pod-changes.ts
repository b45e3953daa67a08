import type { ServerPod } from '../../../cluster/defaults/server-pod.ts';
import { isObject } from '../../../model/json.ts';
import type { Json } from '../../../model/object.ts';
import { type FieldPath, formatFieldPath } from '../../../text/tree.ts';

/** What differs between a pod before and after a policy's defaults, as `path: value`; what is gone as `path: absent`. */
export function podChanges(before: ServerPod, after: ServerPod): string[] {
  const changes: string[] = [];
  // What else differs is the server's own bookkeeping.
  compare(['metadata', 'annotations'], before.metadata.annotations ?? {}, after.metadata.annotations ?? {}, changes);
  compare(['spec'], before.spec as unknown as Json, after.spec as unknown as Json, changes);
  return changes;
}

function compare(
  path: FieldPath,
  before: Json | Readonly<Record<string, string>> | undefined,
  after: Json | Readonly<Record<string, string>> | undefined,
  changes: string[],
): void {
  if (before === after) return;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare([...path, key], before[key], after[key], changes);
    }
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, item] of after.entries()) compare([...path, index], before[index], item, changes);
  } else if (before === undefined && isObject(after)) {
    for (const key of Object.keys(after)) compare([...path, key], undefined, after[key], changes);
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    changes.push(`\`${formatFieldPath(path)}: ${after === undefined ? 'absent' : JSON.stringify(after)}\``);
  }
}
