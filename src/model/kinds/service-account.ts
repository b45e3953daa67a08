import type { KubernetesObject } from './metadata.ts';
import type { LocalObjectReference } from './volume.ts';

/** A ServiceAccount (core/v1), as k8s.io/api v0.37 has it. */
export interface ServiceAccount extends KubernetesObject {
  readonly secrets?: readonly {
    readonly name?: string;
    readonly namespace?: string;
    readonly kind?: string;
    readonly uid?: string;
  }[];
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  readonly automountServiceAccountToken?: boolean;
}
