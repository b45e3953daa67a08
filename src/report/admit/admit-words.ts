import type { PodAdmission } from '../../engines/admission/admit-pods.ts';
import type { ContainerStart } from '../../engines/start/judge-start.ts';

/** How much a verdict is to worry about. */
export type AdmissionTone = 'good' | 'unknown' | 'bad';

/** What becomes of the pods of a manifest, in one class of a few. */
export type AdmissionOutcome = 'runs' | 'perhaps' | 'fails' | 'partly' | 'unmirrored' | 'refused';

/** Which class a pod is in. `unmirrored`: a static pod, which its kubelet runs although the API server refuses its mirror. */
export function admissionOutcome({ decision, start, source }: PodAdmission): AdmissionOutcome {
  if (decision === 'refused' && source.creator.kind !== 'kubelet') return 'refused';
  if (start?.decision === 'fails') return 'fails';
  if (decision === 'refused') return 'unmirrored';
  if (decision === 'partly') return 'partly';
  return start?.decision === 'unknown' ? 'perhaps' : 'runs';
}

/** The verdict in a few words, the server's message where it refuses: `admitted, will not start: image user 0`. */
export function admissionWords(pod: PodAdmission): { readonly text: string; readonly tone: AdmissionTone } {
  const { message, start, quota } = pod;
  switch (admissionOutcome(pod)) {
    case 'refused':
      return { text: `refused: ${message}`, tone: 'bad' };
    case 'fails': {
      const mirror = pod.decision === 'refused' ? `mirror refused (${message})` : 'admitted';
      return { text: `${mirror}, will not start: ${decidingContainer(pod)?.cause ?? ''}`, tone: 'bad' };
    }
    case 'unmirrored':
      return { text: `its kubelet runs it, its mirror is refused: ${message}`, tone: 'unknown' };
    case 'partly':
      return {
        text: `admitted in part, ${quota?.admitted ?? 0} of ${quota?.wanted ?? 0}: ${message}`,
        tone: 'unknown',
      };
    case 'perhaps': {
      const unknown = (start?.containers ?? []).filter(({ decision }) => decision === 'unknown');
      const [first = '', ...others] = new Set(unknown.map(({ image }) => image));
      const more = others.length === 0 ? '' : ` (nor ${others.length} more)`;
      return {
        text: `admitted, may not start: runAsNonRoot is set, and the user of image ${first} is not known${more}`,
        tone: 'unknown',
      };
    }
    case 'runs':
      return { text: 'admitted', tone: 'good' };
  }
}

/** The container for which the pod does not start, or of which it is not known. */
export function decidingContainer({ start }: PodAdmission): ContainerStart | undefined {
  return start?.containers.find(({ decision }) => decision !== 'starts' && decision === start.decision);
}
