import { nodeAt, stringAt } from '../../cluster/index/field-node.ts';
import type { Reason } from '../../engines/verdict.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** How many pods of a workload run, by the status of its kind. */
const COUNTS = ['readyReplicas', 'availableReplicas', 'numberReady', 'active'];

/**
 * By what status a manifest shows that its pods run: such a manifest was taken from a cluster (`kubectl get -o yaml`), not written. Undefined
 * where there is no status or nothing runs.
 */
export function runningEvidence(object: ManifestObject): Reason | undefined {
  const path = statusPath(object);
  return path === undefined ? undefined : { object, path, sentence: 'its status shows that it runs' };
}

function statusPath(object: ManifestObject): FieldPath | undefined {
  if (object.kind === 'Pod') {
    return stringAt(object.node, ['status', 'phase']) === 'Running' ? ['status', 'phase'] : undefined;
  }
  for (const field of COUNTS) {
    const count = nodeAt(object.node, ['status', field]);
    if (count?.type === 'number' && Number(count.literal) > 0) return ['status', field];
  }
  return undefined;
}
