import type { PodAdmission } from '../../engines/admission/admit-pods.ts';
import type { TakenBy } from '../../engines/admission/others/others-of.ts';
import type { Assumption } from '../../engines/verdict.ts';

/**
 * What becomes of the pods of a manifest, in one class of a few. `unknown`: it rests on values that are not known. `open`: others decide too, whose answers
 * no manifest tells.
 */
export type AdmissionOutcome = 'runs' | 'open' | 'perhaps' | 'unknown' | 'fails' | 'partly' | 'unmirrored' | 'refused';

/**
 * Which class a pod is in; `unknown` are the grounds of the verdict that are not known. `unmirrored`: a static pod, which its kubelet runs although the API
 * server refuses its mirror.
 */
export function admissionOutcome(pod: PodAdmission, unknown: readonly Assumption[]): AdmissionOutcome {
  if (unknown.length > 0) return 'unknown';
  const { decision, start, source, others } = pod;
  if (decision === 'refused' && source.creator.kind !== 'kubelet')
    return changerBefore(pod) === undefined ? 'refused' : 'open';
  if (start?.decision === 'fails') return 'fails';
  if (decision === 'refused') return 'unmirrored';
  if (decision === 'partly') return 'partly';
  if (start?.decision === 'unknown') return 'perhaps';
  return others.length > 0 ? 'open' : 'runs';
}

/** Who may change a pod before it is refused; what the server's validation or a quota has against it is not theirs to change. */
function changerBefore({ refusals, ofOwner, invalid, others }: PodAdmission): TakenBy | undefined {
  if (refusals.length === 0 || ofOwner !== undefined || invalid !== undefined) return undefined;
  return others.find(({ decider }) => decider.mayChange);
}

/** The verdict in a few words, the server's message where it refuses: `admitted, will not start: image user 0`. */
export function admissionWords(pod: PodAdmission, unknown: readonly Assumption[]): string {
  const { message, start, quota } = pod;
  switch (admissionOutcome(pod, unknown)) {
    case 'unknown': {
      const more = unknown.length > 1 ? `, nor ${unknown.length - 1} more` : '';
      return `unknown: ${unknown[0]?.sentence ?? ''}${more}`;
    }
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
    case 'open': {
      const changer = pod.decision === 'refused' ? changerBefore(pod) : undefined;
      return changer === undefined
        ? `admitted, unless ${othersWords(pod.others)}`
        : `refused as it is written, unless ${changer.decider.title} changes it: ${message}`;
    }
    case 'runs':
      return 'admitted';
  }
}

/** Who else is asked, the first by its title: `ClusterPolicy \`x\` (rule \`y\`) or 2 more change or refuse it`. */
function othersWords(others: readonly TakenBy[]): string {
  const [first, ...more] = others;
  const name = `${first?.decider.title ?? ''}${more.length === 0 ? '' : ` or ${more.length} more`}`;
  const may = [
    ...(others.some(({ decider }) => decider.mayChange) ? ['change'] : []),
    ...(others.some(({ decider }) => decider.mayRefuse) ? ['refuse'] : []),
  ];
  return `${name} ${may.map((verb) => (more.length === 0 ? `${verb}s` : verb)).join(' or ')} it`;
}
