import type { ServerPod } from '../../cluster/defaults/server-pod.ts';
import type { Verdict } from '../verdict.ts';
import type { PolicyTrial } from './evaluate-pod.ts';

/** What the PodSecurityPolicy plugin decides about a request, and what it made of every policy on the way. */
export interface PspVerdict extends Verdict<'allow' | 'deny'> {
  /** The pass that decided: on creation a pod is first admitted (and changed), then validated as it would be stored. */
  readonly phase: 'admit' | 'validate';
  /** The policy that admits the pod; '' when none does, or when the plugin does not look at the request. */
  readonly policy: string;
  /** The pod as it would be stored; of a refused one, as the plugin met it. */
  readonly pod: ServerPod;
  /** Parts of `message` that the server prints in any order; none where there is but one order. */
  readonly messageParts: readonly string[];
  /** Every policy in the order in which it is tried; none when the plugin does not look at the request. */
  readonly trials: readonly PolicyTrial[];
  /** The audit annotations that the plugin leaves. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
}
