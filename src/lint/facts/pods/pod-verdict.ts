import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { isUsable, type PodJudgement, type PspDecision } from '../../../engines/admission/psp-judgement.ts';
import type { PolicyTrial } from '../../../engines/psp/evaluate-pod.ts';
import type { Verdict } from '../../../engines/verdict.ts';

/** What rules see of a judgement by PodSecurityPolicy: the policies that may not be used are left out. */
export interface PodVerdict extends Omit<Verdict<PspDecision>, 'steps'> {
  readonly source: PodSource;
  /** The policies that may be used for the pod, in the order in which they are tried. */
  readonly trials: readonly PolicyTrial[];
  readonly chosen: PolicyTrial | undefined;
}

/** The part of a judgement that rules are about. */
export function podVerdict(judgement: PodJudgement): PodVerdict {
  const { source, decision, trials, chosen, assumptions } = judgement;
  return {
    source,
    decision,
    get message() {
      return judgement.message;
    },
    get because() {
      return judgement.because;
    },
    assumptions,
    trials: trials.filter(isUsable),
    chosen,
  };
}
