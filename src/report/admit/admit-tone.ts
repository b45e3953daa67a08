import type { ContainerValue, PodAdmissionValue } from '../../ask/pods/admit.ts';

/** How much an outcome is to worry about. */
export type AdmissionTone = 'good' | 'unknown' | 'bad';

const TONES: Readonly<Record<PodAdmissionValue['class'], AdmissionTone>> = {
  refused: 'bad',
  fails: 'bad',
  unmirrored: 'unknown',
  partly: 'unknown',
  unknown: 'unknown',
  perhaps: 'unknown',
  open: 'unknown',
  runs: 'good',
};

/** The tone of what becomes of a pod. */
export function admissionTone(pod: Pick<PodAdmissionValue, 'class'>): AdmissionTone {
  return TONES[pod.class];
}

/** The container for which the pod does not start, or of which it is unknown. */
export function decidingContainer({ kubelet }: PodAdmissionValue): ContainerValue | undefined {
  return kubelet?.containers.find(({ decision }) => decision !== 'starts' && decision === kubelet.decision);
}
