import type { Cluster } from '../../cluster/index/cluster.ts';
import { type PodJudgement, policyChange } from '../../engines/admission/psp-judgement.ts';
import { type FieldChange, jsonDiff } from '../json-diff.ts';

/** What PodSecurityPolicy changes in a pod that it admits, in the pod as it would be stored. */
export function pspChanges(cluster: Cluster, judgement: PodJudgement): FieldChange[] {
  const change = policyChange(cluster, judgement);
  return change === undefined ? [] : jsonDiff(change.before, change.after);
}
