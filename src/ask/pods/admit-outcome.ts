import type { PodAdmission } from '../../engines/admission/admit-pods.ts';

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
export function admissionWords(pod: PodAdmission): string {
  const { message, start, quota } = pod;
  switch (admissionOutcome(pod)) {
    case 'refused':
      return `refused: ${message}`;
    case 'fails': {
      const mirror = pod.decision === 'refused' ? `mirror refused (${message})` : 'admitted';
      const failing = start?.containers.find(({ decision }) => decision === 'fails');
      return `${mirror}, will not start: ${failing?.cause ?? ''}`;
    }
    case 'unmirrored':
      return `its kubelet runs it, its mirror is refused: ${message}`;
    case 'partly':
      return `admitted in part, ${quota?.admitted ?? 0} of ${quota?.wanted ?? 0}: ${message}`;
    case 'perhaps': {
      const unknown = (start?.containers ?? []).filter(({ decision }) => decision === 'unknown');
      const [first = '', ...others] = new Set(unknown.map(({ image }) => image));
      const more = others.length === 0 ? '' : ` (nor ${others.length} more)`;
      return `admitted, may not start: runAsNonRoot is set, and the user of image ${first} is not known${more}`;
    }
    case 'runs':
      return 'admitted';
  }
}
