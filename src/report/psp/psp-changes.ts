import { admissionRequestOf } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { runAdmission } from '../../engines/admission/chain.ts';
import type { PodJudgement } from '../../lint/facts/pods/pod-judgement.ts';
import type { JsonObject } from '../../model/object.ts';
import { type FieldChange, jsonDiff } from '../json-diff.ts';

/** What PodSecurityPolicy changes in a pod that it admits: with the plugin against without it, everything else alike. */
export function pspChanges(cluster: Cluster, { source, verdict, decision }: PodJudgement): FieldChange[] {
  if (decision !== 'admitted') return [];
  const request = admissionRequestOf(source);
  let without = runAdmission(cluster, request, { plugins: ['ServiceAccount'] });
  if (without.decision === 'deny') {
    // The account is taken to exist, as it was when the pod was judged.
    const spec = { ...(request.object.spec as JsonObject | undefined), serviceAccountName: source.accountName };
    without = runAdmission(cluster, { ...request, object: { ...request.object, spec } }, { plugins: [] });
  }
  return jsonDiff(without.object, verdict.object);
}
