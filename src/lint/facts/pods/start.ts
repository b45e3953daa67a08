import { record } from '../../../model/json.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { judgeStart, type StartVerdict } from '../../../engines/start/judge-start.ts';
import { pspFacts } from './psp.ts';
import type { FactContext } from '../fact-context.ts';

/** Whether admitted pods start. */
export interface StartFacts {
  /** What the kubelet makes of a pod as admission leaves it; undefined for one that PodSecurityPolicy refuses. */
  judge(pod: PodSource): StartVerdict | undefined;
}

/** Answers by the rules of the kubelet, about the pod as the chosen policy changed it where policies are in force. */
export function startFacts(context: FactContext): StartFacts {
  const { cluster } = context;
  const psp = pspFacts(context);
  return {
    judge(pod) {
      // A static pod runs as its file has it, whatever becomes of its mirror.
      if (psp.state.value !== 'on' || pod.creator.kind === 'kubelet')
        return judgeStart(cluster, pod, record(pod.pod.spec));
      const { decision, chosen } = psp.judge(pod);
      if (decision === 'admitted') return judgeStart(cluster, pod, chosen?.pod.spec ?? record(pod.pod.spec));
      return decision === 'unjudged' ? judgeStart(cluster, pod, record(pod.pod.spec)) : undefined;
    },
  };
}
