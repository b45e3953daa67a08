/** A Kubernetes minor of major version 1: `{ minor: 24 }` is 1.24. */
export interface KubernetesVersion {
  readonly minor: number;
}
