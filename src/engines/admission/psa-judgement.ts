import type { Cluster } from '../../cluster/index/cluster.ts';
import { psaInForce } from '../../cluster/components/psa-in-force.ts';
import { pspInForce } from '../../cluster/components/psp-in-force.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { memo } from '../../lang/memo.ts';
import type { CheckedPod } from '../psa/check.ts';
import { judgePsa, type PsaVerdict } from '../psa/judge-psa.ts';
import { judgePod } from './psp-judgement.ts';

/** What Pod Security Admission makes of one pod of the tree, when it is created. */
export interface PsaJudgement {
  readonly source: PodSource;
  readonly verdict: PsaVerdict;
  /** PodSecurityPolicy, which comes first where both are in force, refuses the pod: the verdict is about the pod as it is written. */
  readonly refusedBefore: boolean;
}

/** Judges a pod as created by its own creator, with what PodSecurityPolicy fills in where that is in force too. Memoised per cluster and pod. */
export function judgePodByPsa(cluster: Cluster, source: PodSource): PsaJudgement {
  return memo(cluster, judgeCreation, source);
}

function judgeCreation(cluster: Cluster, source: PodSource): PsaJudgement {
  if (!psaInForce(cluster).value || pspInForce(cluster).value !== 'on') {
    return { source, verdict: judgePsa(cluster, source), refusedBefore: false };
  }
  const { decision, admission } = judgePod(cluster, source);
  if (decision !== 'admitted') return { source, verdict: judgePsa(cluster, source), refusedBefore: true };
  const pod = admission.object as unknown as CheckedPod;
  return { source, verdict: judgePsa(cluster, source, { pod }), refusedBefore: false };
}
