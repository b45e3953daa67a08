import { isObject, list } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { MetPod } from './judge-both.ts';

/**
 * Whether the server with the policies knows every field that the pod sets. It forgets the others, so that no pod there has them, and what
 * a level makes of them does not concern the policies.
 */
export function isUnderstood({ written, sent }: MetPod): boolean {
  return holds(sent as unknown as JsonObject, written);
}

function holds(held: Json | undefined, written: Json): boolean {
  if (Array.isArray(written)) {
    const own = list(held);
    return written.every((item, index) => holds(own[index], item));
  }
  if (isObject(written)) {
    const isEmpty = Object.keys(written).length === 0;
    return isEmpty || (isObject(held) && Object.entries(written).every(([key, item]) => holds(held[key], item)));
  }
  // Values may be spelled in another way there, and what says nothing may be left out.
  return held !== undefined || written === null || written === '' || written === 0 || written === false;
}
