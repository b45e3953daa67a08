import type { ObjectMeta } from '../../model/kinds/metadata.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { Json } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** What checks see: the metadata and spec of a pod or of a pod template. */
export interface CheckedPod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

/** A field that a check objects to. */
export interface ForbiddenField {
  /** From the pod or template: `['spec', 'hostPID']`. */
  readonly path: FieldPath;
  /** undefined where the fault is that the field is not set. */
  readonly value: Json | undefined;
}

/** Why a check forbids a pod, in the server's words. */
export interface Forbidden {
  /** Short, always shown: `host namespaces`. */
  readonly reason: string;
  /** Long, shown where one pod is judged: `hostPID=true`. */
  readonly detail: string;
  readonly fields: readonly ForbiddenField[];
}

/** Undefined where the pod passes. */
export type CheckPod = (pod: CheckedPod) => Forbidden | undefined;

/** A check as it is from one minor until the next entry's. */
export interface VersionedCheck {
  /** The first minor of the policy that has it; 0 for always. */
  readonly since: number;
  readonly checkPod: CheckPod;
  /** Baseline checks that the level restricted leaves out while this one runs. */
  readonly overrides?: readonly string[];
}

/** One control of the Pod Security Standards, by the server's own name. */
export interface Check {
  readonly id: string;
  /** The level that it belongs to; restricted runs those of baseline too. */
  readonly level: 'baseline' | 'restricted';
  /** From old to new. */
  readonly versions: readonly VersionedCheck[];
}
