import type { KubernetesObject } from './metadata.ts';

/** A Namespace (core/v1), as k8s.io/api v0.37 has it. */
export interface Namespace extends KubernetesObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
}
