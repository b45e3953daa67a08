import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { metadataOf, textOf } from '../../cluster/stored/object-metadata.ts';
import { invalidAnswer } from '../../cluster/stored/write/invalid-answer.ts';
import { holdsForKnown, invalidObjects } from '../../cluster/stored/write/invalid-object.ts';
import type { FieldError } from '../../cluster/index/field-error.ts';
import { memo } from '../../lang/memo.ts';
import type { Reason } from '../verdict.ts';
import { podAdmission } from './pod-admission.ts';

/** Why the validation of the API server refuses a pod, or the manifest that would make it. */
export interface PodInvalidity {
  /** The whole answer of the server. */
  readonly message: string;
  readonly causes: readonly FieldError[];
  /** The fields that are wrong, each with what is wrong about it. */
  readonly because: readonly Reason[];
  /** It refuses the workload, so that nothing sends the pod. */
  readonly ofOwner: boolean;
}

/**
 * What the API server's validation has against a workload, so that nothing makes its pods, or against the pod as admission leaves it. Complaints
 * that rest on values which are not known are left out; undefined where none is left.
 */
export function podInvalidity(cluster: Cluster, source: PodSource): PodInvalidity | undefined {
  const { owner, templatePath } = source;
  const ofOwner = templatePath.length === 0 ? undefined : memo(cluster, invalidObjects)(owner);
  if (ofOwner !== undefined) {
    const because = ofOwner.causes.map(({ path, message }) => ({ object: owner, path, sentence: message }));
    return { ...ofOwner, because, ofOwner: true };
  }
  const { validationErrors, object } = podAdmission(cluster, source);
  const certain = validationErrors.filter((error) => {
    const place = source.placeOf(error.path);
    return holdsForKnown(place.object, { ...error, path: place.path });
  });
  const name = textOf(metadataOf(object).name);
  const answer = invalidAnswer({ kind: 'Pod', group: '', name }, certain, cluster.version.value.minor);
  if (answer === undefined) return undefined;
  const because = answer.causes.map(({ path, message }) => ({ ...source.placeOf(path), sentence: message }));
  return { ...answer, because, ofOwner: false };
}
