import type { ManifestObject } from '../model/object.ts';
import type { Problem } from '../text/source.ts';

/** A Kubernetes minor of major version 1: `{ minor: 24 }` is 1.24. */
export interface KubernetesVersion {
  readonly minor: number;
}

/** A value and where it came from, so that output can say it: `target 1.24 (the tree holds PodSecurityPolicies)`. */
export interface Settled<T> {
  readonly value: T;
  readonly origin: string;
}

/** What a user may settle about a cluster; everything absent is inferred and said. */
export interface ClusterSettings {
  readonly kubernetesVersion?: string;
  /** Whether the PodSecurityPolicy plugin is on; absent: read from the kube-apiserver manifest, else from presence of policies. */
  readonly podSecurityPolicy?: boolean;
  /** kube-controller-manager --use-service-account-credentials. */
  readonly controllerCredentials?: boolean;
  /** Whether the default roles and bindings exist (default true). */
  readonly bootstrapRBAC?: boolean;
  /** Who applies the manifests: the user that bare Pods are created by. */
  readonly creator?: { readonly name: string; readonly groups: readonly string[] };
  /** Custom kinds with a pod template: `argoproj.io/Rollout` → `spec.template`. */
  readonly podTemplates?: Readonly<Record<string, string>>;
}

/**
 * All objects of one cluster together. Immutable; engines keep their own indexes in WeakMaps keyed by it.
 * `name` is '' for the only cluster of a tree without `clusters:`.
 */
export interface Cluster {
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly version: Settled<KubernetesVersion>;
  /** Linted objects first, in file order; context objects (read, never linted) after them. */
  readonly objects: readonly ManifestObject[];
  readonly context: ReadonlySet<ManifestObject>;
  readonly problems: readonly Problem[];
}
