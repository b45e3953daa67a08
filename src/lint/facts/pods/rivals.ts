import { samePod } from '../../../cluster/defaults/server-pod.ts';
import type { PolicyTrial } from '../../../engines/psp/evaluate-pod.ts';
import { admits, chooseAmong } from '../../../engines/admission/psp-judgement.ts';
import type { PodVerdict } from './pod-verdict.ts';

/** A policy that a pod may use too, and that would admit it too. */
export interface Rival {
  readonly trial: PolicyTrial;
  /**
   * Why it was not chosen: `name`, it stands behind the chosen one only by its name; `mutation`, it would have to change the pod and the
   * chosen one does not.
   */
  readonly why: 'name' | 'mutation';
  /** Whether it would make another pod of it. If not, only the annotation that names the policy differs. */
  readonly isOther: boolean;
}

/** The rivals of the policy that a pod was admitted by, in the order in which policies are tried; each proved by choosing again. */
export function rivalsOf({ decision, chosen, trials }: PodVerdict): readonly Rival[] {
  if (decision !== 'admitted' || chosen === undefined) return [];
  const rivals: Rival[] = [];
  for (const trial of trials) {
    if (trial === chosen || !admits(trial)) continue;
    // Choose again between the two, their names swapped: only where that changes the choice was it the name that decided.
    const why = chooseAmong([trial, chosen]) === trial ? 'name' : 'mutation';
    rivals.push({ trial, why, isOther: !samePod(trial.pod, chosen.pod) });
  }
  return rivals;
}
