import type { Cluster } from '../../cluster/index/cluster.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { metadataOf, textOf } from '../../cluster/stored/object-metadata.ts';
import { invalidAnswer } from '../../cluster/stored/write/invalid-answer.ts';
import { holdsForKnown } from '../../cluster/stored/write/refused-objects.ts';
import type { FieldError } from '../../cluster/index/field-error.ts';
import type { Reason } from '../verdict.ts';
import { podAdmission } from './pod-admission.ts';

/** Why the API server refuses the manifest that would make a pod, or its validation the pod. */
export interface PodInvalidity {
  /** The whole answer of the server. */
  readonly message: string;
  readonly causes: readonly FieldError[];
  /** The fields that are wrong, each with what is wrong about it. */
  readonly because: readonly Reason[];
  /** It refuses the manifest, so that nothing sends the pod. */
  readonly ofOwner: boolean;
}

/**
 * Why the API server refuses a manifest, so that nothing makes its pods, or what its validation has against the pod as admission leaves it. Complaints
 * that rest on values which are not known are left out; undefined where none is left.
 */
export function podInvalidity(cluster: Cluster, source: PodSource): PodInvalidity | undefined {
  const { owner, templatePath } = source;
  const refusal = cluster.refused.get(owner);
  // What is wrong with a bare pod is asked of the pod that admission makes of it.
  if (refusal !== undefined && (templatePath.length > 0 || refusal.why !== 'invalid')) {
    const { message, causes } = refusal;
    const because = causes.map((cause) => ({ object: owner, path: cause.path, sentence: cause.message }));
    return { message, causes, because, ofOwner: true };
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
